package dev.parley.inference.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that stands in for a model when something is tried by hand or measured.
 *
 * <p>It says the last user message again word by word; calls the first tool that is offered when that message contains
 * the word "tool", and puts the tool's answer in words; answers {@code timestamps <count> <microseconds>} with so many
 * timed chunks; and knows no models but those that it was started with.
 *
 * <pre>{@code java -cp <test classes and jackson-core> dev.parley.inference.testing.DemoUpstream 8000 demo}</pre>
 */
public final class DemoUpstream {

    private static final Pattern TIMESTAMPS = Pattern.compile("\\btimestamps (\\d{1,9}) (\\d{1,9})\\b");
    private static final Pattern PIECES = Pattern.compile("\\S+\\s*|\\s+");

    private final List<String> models;

    private DemoUpstream(List<String> models) {
        this.models = models;
    }

    /** Serves until it is killed. Arguments: the port (8000), then the models ("demo"). */
    public static void main(String[] arguments) throws InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8000;
        List<String> models = arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : List.of("demo");
        try (ScriptedUpstream upstream = start(port, models)) {
            System.out.println("Answering at " + upstream.baseUri() + " for the models " + models);
            Thread.currentThread().join();
        }
    }

    /** Starts the demo inside this process; port 0 takes a free one. */
    public static ScriptedUpstream start(int port, List<String> models) {
        return ScriptedUpstream.start(port)
                .models(models.toArray(String[]::new))
                .otherwise(request -> new DemoUpstream(models).answer(request.chat()));
    }

    private Reply answer(ChatRequest request) {
        String model = request.model().orElse("");
        if (!models.contains(model)) {
            return Reply.json(404, """
                {"error":{"message":%s,"type":"invalid_request_error","param":null,"code":"model_not_found"}}\
                """.formatted(
                            Json.quote("The model `" + model + "` does not exist or you do not have access to it.")));
        }
        if (!request.stream()) {
            return ReplyBook.refusal("This demo answers streamed requests only: send \"stream\": true.");
        }
        ChatRequest.Message last = request.lastMessage().orElse(new ChatRequest.Message("user", ""));
        if (last.role().equals("tool")) {
            return words("The tool says: " + last.text());
        }
        Matcher timestamps = TIMESTAMPS.matcher(last.text());
        if (timestamps.find()) {
            return timestamps(Integer.parseInt(timestamps.group(1)), Long.parseLong(timestamps.group(2)));
        }
        if (last.text().contains("tool") && !request.tools().isEmpty()) {
            return callOf(request.tools().getFirst());
        }
        return words("You said: " + last.text());
    }

    private static Reply words(String text) {
        List<String> pieces =
                PIECES.matcher(text).results().map(piece -> piece.group()).toList();
        return Reply.stream()
                .opening()
                .text(pieces.toArray(String[]::new))
                .finish("stop")
                .usage(pieces.size(), pieces.size())
                .done()
                .end();
    }

    private static Reply timestamps(int count, long microseconds) {
        return Reply.stream()
                .opening()
                .timestamps(count, Duration.ofNanos(microseconds * 1000))
                .finish("stop")
                .usage(1, count)
                .done()
                .end();
    }

    private static Reply callOf(Map<String, Object> tool) {
        return Reply.stream()
                .opening()
                .toolCall(0, "call_demo1", String.valueOf(tool.get("name")), "")
                .toolArguments(0, sampleArguments(tool))
                .finish("tool_calls")
                .usage(1, 1)
                .done()
                .end();
    }

    /** Something for each property that the tool declares, of the type that it wants as far as that is simple. */
    private static String sampleArguments(Map<String, Object> tool) {
        List<String> members = new ArrayList<>();
        if (tool.get("parameters") instanceof Map<?, ?> parameters
                && parameters.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, schema) -> members.add(Json.quote(name.toString()) + ":" + sample(schema)));
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String sample(Object schema) {
        Object type =
                schema instanceof Map<?, ?> members && members.containsKey("type") ? members.get("type") : "string";
        return switch (String.valueOf(type)) {
            case "integer", "number" -> "1";
            case "boolean" -> "true";
            case "array" -> "[]";
            case "object" -> "{}";
            default -> "\"demo\"";
        };
    }
}
