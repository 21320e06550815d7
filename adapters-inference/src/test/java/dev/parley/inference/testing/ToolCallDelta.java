package dev.parley.inference.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One element of {@code delta.tool_calls}, with exactly the members that were named, in the order of their naming.
 *
 * <p>Engines leave out almost any of them, so nothing is implied.
 */
public final class ToolCallDelta {

    private final Map<String, String> call = new LinkedHashMap<>();
    private final Map<String, String> function = new LinkedHashMap<>();

    public ToolCallDelta index(int index) {
        call.put("index", Integer.toString(index));
        return this;
    }

    /** The id and, as every engine does, the type with it. */
    public ToolCallDelta id(String id) {
        call.put("id", Json.quote(id));
        call.put("type", "\"function\"");
        return this;
    }

    public ToolCallDelta name(String name) {
        function.put("name", Json.quote(name));
        return this;
    }

    /** A fragment of the arguments, or all of them, as the text that they should be. */
    public ToolCallDelta arguments(String text) {
        function.put("arguments", Json.quote(text));
        return this;
    }

    /** A JSON value (an object, {@code null}) where a string should be. */
    public ToolCallDelta rawArguments(String json) {
        function.put("arguments", json);
        return this;
    }

    String json() {
        Map<String, String> members = new LinkedHashMap<>(call);
        members.put("function", object(function));
        return object(members);
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> Json.quote(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
