package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.item.ItemPart;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads files that come inside a request. Models are shown the text of one, so only files of text can be taken; a type that
 * is not known to be text counts as that when the content is.
 */
final class FileReader {

    private static final Pattern NEVER_TEXT = Pattern.compile(
            "(?:image|audio|video|font)/.*|application/(?:pdf|zip|gzip|msword|vnd\\.(?:ms-|openxml).*)");
    private static final String DATA = "data:";
    private static final String BASE64 = ";base64";

    private FileReader() {}

    static ItemPart.InputFile read(Param in) {
        Optional<String> filename = in.at("filename").optional(Param::string);
        Optional<String> detail = in.at("detail").optional(Param::string);
        if (in.at("file_id").isGiven()) {
            throw noFiles(in.at("file_id"), "file_data");
        }
        if (in.at("file_url").isGiven()) {
            throw in.at("file_url")
                    .refuse(
                            Reason.UNSUPPORTED_VALUE,
                            "Unsupported value: '%s'. This server fetches no files; send the content of the file as 'file_data'."
                                    .formatted(in.at("file_url").path()));
        }
        Param data = in.at("file_data");
        requireText(data);
        return new ItemPart.InputFile(Optional.empty(), filename, Optional.of(data.string()), Optional.empty(), detail);
    }

    /** The refusal of what names a file by its id. */
    static Refusal noFiles(Param fileId, String instead) {
        return fileId.refuse(
                Reason.UNSUPPORTED_VALUE,
                "Unsupported value: '%s'. This server stores no files; send the content as '%s'."
                        .formatted(fileId.path(), instead));
    }

    private static void requireText(Param in) {
        String data = in.string();
        String type = "";
        String base64 = data;
        if (data.startsWith(DATA)) {
            int comma = data.indexOf(',');
            String head = data.substring(DATA.length(), Math.max(DATA.length(), comma));
            if (!head.endsWith(BASE64)) {
                throw invalid(in, "Expected a base64-encoded data URL (e.g. 'data:text/plain;base64,aGVsbG8=')");
            }
            type = head.substring(0, head.length() - BASE64.length()).toLowerCase(Locale.ROOT);
            base64 = data.substring(comma + 1);
        }
        byte[] bytes = decoded(in, base64);
        if (NEVER_TEXT.matcher(type).matches() || !isText(bytes)) {
            throw in.refuse(
                    Reason.UNSUPPORTED_VALUE,
                    "Unsupported value: '%s'%s. This server takes files of text in UTF-8 only; send the text of the file instead."
                            .formatted(in.path(), type.isEmpty() ? "" : " is of the type '" + type + "'"));
        }
    }

    private static byte[] decoded(Param in, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw invalid(in, "Expected base64-encoded data");
        }
    }

    private static boolean isText(byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.indexOf(0) < 0 && !text.startsWith("%PDF-");
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private static Refusal invalid(Param in, String expected) {
        return in.refuse(Reason.INVALID_VALUE, "Invalid '%s'. %s.".formatted(in.path(), expected));
    }
}
