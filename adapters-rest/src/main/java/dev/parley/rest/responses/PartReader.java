package dev.parley.rest.responses;

import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what messages and answers consist of (responses-api 3). */
final class PartReader {

    private static final SequencedSet<String> OF_MESSAGES =
            Words.of("input_text", "input_image", "output_text", "refusal", "input_file");
    private static final SequencedSet<String> OF_ANSWERS = Words.of("input_text", "input_image", "input_file");
    private static final SequencedSet<String> DETAILS = Words.of("auto", "low", "high", "original");
    private static final JsonText NONE = new JsonText("[]");
    private static final Pattern ADDRESS = Pattern.compile("https?://.+", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern DATA =
            Pattern.compile("data:image/[^;,]+(?:;[^;,]+)*;base64,", Pattern.CASE_INSENSITIVE);

    private PartReader() {}

    /** The content of a message: its parts, or a text that stands for one. */
    static List<ItemPart> content(Param in, Role role) {
        if (in.isString()) {
            return List.of(
                    role == Role.ASSISTANT
                            ? new ItemPart.OutputText(in.string(), List.of(), NONE)
                            : new ItemPart.InputText(in.string()));
        }
        if (in.isGiven() && !in.isArray()) {
            throw in.wrongType("one of a string or an array of content parts");
        }
        return in.list(part -> part(part, OF_MESSAGES));
    }

    /** The parts of an answer to a call. */
    static List<ItemPart> answer(Param in) {
        return in.list(part -> part(part, OF_ANSWERS));
    }

    private static ItemPart part(Param in, SequencedSet<String> types) {
        return switch (in.at("type").word(types)) {
            case "input_text" -> new ItemPart.InputText(in.at("text").string());
            case "input_image" -> image(in);
            case "input_file" -> FileReader.read(in);
            case "refusal" -> new ItemPart.Refused(in.at("refusal").string());
            default ->
                new ItemPart.OutputText(
                        in.at("text").string(),
                        in.at("annotations")
                                .optional(list -> list.<Citation>list(one -> new Citation.Opaque(one.json())))
                                .orElse(List.of()),
                        in.at("logprobs").optional(Param::array).orElse(NONE));
        };
    }

    private static ItemPart image(Param in) {
        Optional<String> detail = in.at("detail").optional(word -> word.word(DETAILS));
        if (in.at("file_id").isGiven()) {
            throw FileReader.noFiles(in.at("file_id"), "image_url");
        }
        return new ItemPart.InputImage(Optional.of(imageAddress(in.at("image_url"))), Optional.empty(), detail);
    }

    /** An address under which an image is, or one that holds it. */
    static String imageAddress(Param in) {
        String address = in.string();
        if (ADDRESS.matcher(address).matches()) {
            return address;
        }
        Matcher data = DATA.matcher(address);
        if (!data.lookingAt()) {
            throw noImage(Reason.INVALID_VALUE, in, "but got a value that is neither that nor the URL of an image");
        }
        try {
            if (Base64.getDecoder().decode(address.substring(data.end())).length > 0) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            throw noImage(Reason.INVALID_BASE64_IMAGE, in, "but its data is not valid base64");
        }
        throw noImage(Reason.INVALID_BASE64_IMAGE, in, "but its data is empty");
    }

    private static Refusal noImage(Reason reason, Param in, String but) {
        return in.refuse(
                reason,
                "Invalid '%s'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), %s."
                        .formatted(in.path(), but));
    }
}
