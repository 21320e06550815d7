package dev.parley.inference.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a chat-completions request, as far as a script asks for it.
 *
 * @param model empty if the request names none
 * @param tools the {@code function} object of each tool offered
 */
public record ChatRequest(
        Optional<String> model, boolean stream, List<Message> messages, List<Map<String, Object>> tools) {

    /** One message. The text of several parts is joined; what is not text is left out. */
    public record Message(String role, String text) {}

    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /**
     * Reads a request body.
     *
     * @throws IllegalArgumentException if it is not a JSON object
     */
    public static ChatRequest from(String body) {
        Map<String, Object> request = Json.parseObject(body);
        return new ChatRequest(
                Optional.ofNullable(request.get("model")).map(Object::toString),
                Boolean.TRUE.equals(request.get("stream")),
                objects(request.get("messages"))
                        .map(message -> new Message(
                                String.valueOf(message.get("role")), text(message.getOrDefault("content", ""))))
                        .toList(),
                objects(request.get("tools"))
                        .flatMap(tool -> objects(List.of(tool.getOrDefault("function", Map.of()))))
                        .toList());
    }

    /** The last message, empty if there is none. */
    public Optional<Message> lastMessage() {
        return messages.isEmpty() ? Optional.empty() : Optional.of(messages.getLast());
    }

    /** The text of the last message from the user, empty if there is none. */
    public Optional<String> lastUserText() {
        return messages.reversed().stream()
                .filter(message -> message.role().equals("user"))
                .map(Message::text)
                .findFirst();
    }

    private static String text(Object content) {
        return content instanceof String text
                ? text
                : objects(content)
                        .map(part -> part.getOrDefault("text", "").toString())
                        .collect(Collectors.joining("\n"));
    }

    @SuppressWarnings("unchecked") // Json builds maps with string keys only
    private static Stream<Map<String, Object>> objects(@Nullable Object list) {
        return list instanceof List<?> elements
                ? elements.stream().filter(Map.class::isInstance).map(element -> (Map<String, Object>) element)
                : Stream.empty();
    }
}
