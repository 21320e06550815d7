package dev.parley.rest.responses;

import dev.parley.domain.item.ItemPart;
import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.List;

/** The parts of messages and of the answers to calls (responses-api 3). */
final class PartJson {

    private static final RawJson NONE = new RawJson("[]");

    private PartJson() {}

    /** Of a message: the addresses of its images are there for those who ask for them. */
    static List<RawJson> ofMessage(List<ItemPart> parts, Includes include) {
        return parts.stream()
                .map(part -> of(part, include.inputImages(), include.logprobs()))
                .toList();
    }

    /** Of an answer to a call. */
    static List<RawJson> ofOutput(List<ItemPart> parts, Includes include) {
        return parts.stream().map(part -> of(part, true, include.logprobs())).toList();
    }

    private static RawJson of(ItemPart part, boolean images, boolean logprobs) {
        return switch (part) {
            case ItemPart.InputText(String text) ->
                typed("input_text").string("text", text).end();
            case ItemPart.InputImage image ->
                typed("input_image")
                        .string("detail", image.detail().orElse("auto"))
                        .string("image_url", image.url().filter(_ -> images))
                        .string("file_id", image.fileId())
                        .end();
            case ItemPart.InputFile file ->
                typed("input_file")
                        .string("file_id", file.fileId())
                        .string("filename", file.filename())
                        .string("file_data", file.data())
                        .string("file_url", file.url())
                        .string("detail", file.detail())
                        .end();
            case ItemPart.OutputText(String text, List<Citation> citations, JsonText scores) ->
                typed("output_text")
                        .string("text", text)
                        .array(
                                "annotations",
                                citations.stream().map(CitationJson::of).toList())
                        .raw("logprobs", logprobs ? LogprobsJson.ofPart(RawJson.of(scores)) : NONE)
                        .end();
            case ItemPart.Refused(String text) ->
                typed("refusal").string("refusal", text).end();
        };
    }

    static RawJson reasoning(String text) {
        return typed("reasoning_text").string("text", text).end();
    }

    static RawJson summary(String text) {
        return typed("summary_text").string("text", text).end();
    }

    private static ObjectText typed(String type) {
        return new ObjectText().string("type", type);
    }
}
