package dev.parley.tools.mcp;

import dev.parley.application.port.Tools.Output;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Part;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a tool has brought, for models: texts as they are, images as images, and all else in words. */
final class ToolResults {

    private ToolResults() {}

    /** @throws ToolFailed when the tool says that it has failed */
    static Output output(CallToolResult result) throws ToolFailed {
        List<McpSchema.Content> parts = result.content() == null ? List.of() : result.content();
        String text = text(parts);
        if (Boolean.TRUE.equals(result.isError())) {
            throw failed(text.isBlank() ? "the tool says that it failed, and not why" : text);
        }
        Object structured = result.structuredContent();
        if (parts.isEmpty() && structured != null) {
            text = json(structured);
        }
        Optional<JsonText> metadata = structured == null
                ? Optional.empty()
                : Optional.of(new JsonText("{\"structured_content\":%s}".formatted(json(structured))));
        return new Output(content(text, images(parts)), metadata);
    }

    private static Content content(String text, List<Part> images) {
        if (images.isEmpty()) {
            return Content.of(text);
        }
        List<Part> all = new ArrayList<>();
        if (!text.isEmpty()) {
            all.add(new Part.Text(text));
        }
        all.addAll(images);
        return new Content.Parts(all);
    }

    private static List<Part> images(List<McpSchema.Content> parts) {
        return parts.stream()
                .filter(McpSchema.ImageContent.class::isInstance)
                .map(McpSchema.ImageContent.class::cast)
                .filter(image -> image.data() != null && !image.data().isBlank())
                .<Part>map(image -> new Part.Image(new ImageSource.Data(image.data())))
                .toList();
    }

    /** The text of each part, one after another; images are beside it. */
    private static String text(List<McpSchema.Content> parts) {
        return String.join(
                "\n", parts.stream().flatMap(part -> inWords(part).stream()).toList());
    }

    private static Optional<String> inWords(McpSchema.Content part) {
        return switch (part) {
            case McpSchema.TextContent text -> Optional.ofNullable(text.text());
            case McpSchema.ImageContent _ -> Optional.empty();
            case McpSchema.AudioContent audio ->
                Optional.of("[a sound of the type %s, which can't be shown here]".formatted(audio.mimeType()));
            case McpSchema.EmbeddedResource embedded -> Optional.of(inWords(embedded.resource()));
            case McpSchema.ResourceLink link ->
                Optional.of("[%s: %s]".formatted(link.name() == null ? "a resource" : link.name(), link.uri()));
            default -> Optional.of(json(part));
        };
    }

    private static String inWords(McpSchema.ResourceContents resource) {
        return resource instanceof McpSchema.TextResourceContents text && text.text() != null
                ? text.text()
                : "[%s, of the type %s, which can't be shown here]".formatted(resource.uri(), resource.mimeType());
    }

    private static ToolFailed failed(String why) {
        return new ToolFailed(
                why,
                new JsonText(
                        "{\"error\":{\"type\":\"mcp_tool_execution_error\",\"content\":[{\"type\":\"text\",\"text\":%s}]}}"
                                .formatted(JsonText.ofString(why).text())));
    }

    /** As the SDK writes it. */
    static String json(Object value) {
        try {
            return McpJsonDefaults.getMapper().writeValueAsString(value);
        } catch (IOException impossible) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", impossible);
        }
    }
}
