package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.inference.provider.CallIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the messages of a conversation. */
final class MessageWriter {

    private final JsonGenerator out;

    @Nullable
    private final String reasoningField;

    private final List<Part> imagesOfTools = new ArrayList<>();

    /** @param reasoningField where an assistant message carries its reasoning; null when it must not */
    MessageWriter(JsonGenerator out, @Nullable String reasoningField) {
        this.out = out;
        this.reasoningField = reasoningField;
    }

    void write(List<Message> messages) throws IOException {
        for (Message message : messages) {
            if (!(message instanceof Message.Tool)) {
                writeImagesOfTools();
            }
            switch (message) {
                case Message.System(String text) -> writeText("system", text);
                case Message.User user -> writeUser(user);
                case Message.Tool tool -> writeTool(tool);
                case Message.Assistant assistant -> writeAssistant(assistant);
            }
        }
        writeImagesOfTools();
    }

    private void writeText(String role, String text) throws IOException {
        out.writeStartObject();
        out.writeStringField("role", role);
        out.writeStringField("content", text);
        out.writeEndObject();
    }

    private void writeUser(Message.User user) throws IOException {
        if (user.content() instanceof Content.Plain(String text)
                && user.context().isEmpty()) {
            writeText("user", text);
            return;
        }
        List<Part> parts = new ArrayList<>(user.content().parts());
        user.context().ifPresent(context -> parts.addAll(context.parts()));
        writeUserParts(parts);
    }

    /** Parts only where there is an image: many engines reject them. */
    private void writeUserParts(List<Part> parts) throws IOException {
        if (parts.stream().allMatch(Part.Text.class::isInstance)) {
            writeText("user", new Content.Parts(parts).text());
            return;
        }
        out.writeStartObject();
        out.writeStringField("role", "user");
        out.writeArrayFieldStart("content");
        for (Part part : parts) {
            out.writeStartObject();
            switch (part) {
                case Part.Text(String text) -> {
                    out.writeStringField("type", "text");
                    out.writeStringField("text", text);
                }
                case Part.Image(ImageSource source) -> {
                    out.writeStringField("type", "image_url");
                    out.writeObjectFieldStart("image_url");
                    out.writeStringField("url", source.address());
                    out.writeEndObject();
                }
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void writeTool(Message.Tool tool) throws IOException {
        List<Part> images = tool.content().parts().stream()
                .filter(Part.Image.class::isInstance)
                .toList();
        imagesOfTools.addAll(images);
        String text = tool.content().text();
        out.writeStartObject();
        out.writeStringField("role", "tool");
        out.writeStringField("tool_call_id", CallIds.sent(tool.callId()));
        out.writeStringField("content", text.isEmpty() && !images.isEmpty() ? "See the image that follows." : text);
        out.writeEndObject();
    }

    /** Few engines take an image in a tool's message, and nothing may stand between the answers of one message's calls. */
    private void writeImagesOfTools() throws IOException {
        if (!imagesOfTools.isEmpty()) {
            imagesOfTools.addFirst(new Part.Text("The tools answered with this:"));
            writeUserParts(imagesOfTools);
            imagesOfTools.clear();
        }
    }

    private void writeAssistant(Message.Assistant assistant) throws IOException {
        out.writeStartObject();
        out.writeStringField("role", "assistant");
        out.writeStringField("content", assistant.text());
        if (reasoningField != null && assistant.reasoning().isPresent()) {
            out.writeStringField(reasoningField, assistant.reasoning().get());
        }
        if (!assistant.toolCalls().isEmpty()) {
            out.writeArrayFieldStart("tool_calls");
            for (ToolCall call : assistant.toolCalls()) {
                out.writeStartObject();
                out.writeStringField("id", CallIds.sent(call.callId()));
                out.writeStringField("type", "function");
                out.writeObjectFieldStart("function");
                out.writeStringField("name", call.toolName());
                out.writeStringField("arguments", replayable(call.arguments()));
                out.writeEndObject();
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    /** Engines parse the arguments of past calls and refuse the request when they can't. */
    private static String replayable(ToolArguments arguments) {
        return switch (arguments) {
            case ToolArguments.Json(String text) -> text;
            case ToolArguments.Malformed(String text) ->
                "{\"malformed_arguments\":\""
                        + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"}";
        };
    }
}
