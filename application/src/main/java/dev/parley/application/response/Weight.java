package dev.parley.application.response;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.message.Citation;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** About how many bytes of memory items take: their texts, at two bytes a character, and something for the rest of each. */
final class Weight {

    private static final long BYTES_PER_CHARACTER = 2;

    /** For ids, names and the like. */
    private static final long SHELL = 500;

    private Weight() {}

    static long of(List<Item> items) {
        return BYTES_PER_CHARACTER * sum(items, Weight::text) + SHELL * items.size();
    }

    private static long text(Item item) {
        return switch (item) {
            case Item.Said said -> sum(said.parts(), Weight::text);
            case Item.Thought thought ->
                sum(thought.summary(), String::length)
                        + sum(thought.content(), String::length)
                        + text(thought.sealed());
            case Item.Called called -> text(called.call());
            case Item.Answered answered -> text(answered.output());
            case Item.Hosted hosted ->
                text(hosted.call()) + hosted.response().map(Weight::text).orElse(0L);
            case Item.Listed listed -> sum(listed.tools(), Weight::text) + text(listed.error());
            case Item.Asked asked -> text(asked.call());
            case Item.Decided decided ->
                text(decided.reason()) + decided.request().map(Weight::text).orElse(0L);
            case Item.Compacted compacted ->
                (long) compacted.sealed().length() + compacted.summary().length();
            case Item.CompactionTrigger _ -> 0;
            case Item.Opaque opaque -> text(opaque.json());
        };
    }

    private static long text(ItemPart part) {
        return switch (part) {
            case ItemPart.InputText(String text) -> text.length();
            case ItemPart.InputImage image -> text(image.url());
            case ItemPart.InputFile file -> text(file.filename()) + text(file.data()) + text(file.url());
            case ItemPart.OutputText(String text, List<Citation> citations, JsonText logprobs) ->
                text.length() + sum(citations, Weight::text) + text(logprobs);
            case ItemPart.Refused(String text) -> text.length();
        };
    }

    private static long text(CallOutput output) {
        return switch (output) {
            case CallOutput.Text(String text) -> text.length();
            case CallOutput.Parts(List<ItemPart> parts) -> sum(parts, Weight::text);
            case CallOutput.Members(JsonText members) -> text(members);
        };
    }

    private static long text(Citation citation) {
        return switch (citation) {
            case Citation.Page page -> (long) page.url().length() + page.title().length();
            case Citation.File file -> file.filename().length();
            case Citation.ContainerFile file -> file.filename().length();
            case Citation.Opaque(JsonText json) -> text(json);
        };
    }

    private static long text(ToolCall call) {
        return call.arguments().text().length();
    }

    private static long text(ToolResponse response) {
        return sum(response.content().parts(), Weight::text)
                + response.metadata().map(Weight::text).orElse(0L)
                + sum(response.sources(), Weight::text);
    }

    private static long text(Part part) {
        return switch (part) {
            case Part.Text(String text) -> text.length();
            case Part.Image(ImageSource.Uri(String uri)) -> uri.length();
            case Part.Image(ImageSource.Data(String base64)) -> base64.length();
        };
    }

    private static long text(Source source) {
        return (long) source.name().length() + source.text().length();
    }

    private static long text(ListedTool tool) {
        return text(tool.description())
                + text(tool.inputSchema())
                + tool.annotations().map(Weight::text).orElse(0L);
    }

    private static long text(JsonText json) {
        return json.text().length();
    }

    private static long text(Optional<String> text) {
        return text.map(String::length).orElse(0);
    }

    private static <T> long sum(Collection<T> all, ToLongFunction<T> size) {
        return all.stream().mapToLong(size).sum();
    }
}
