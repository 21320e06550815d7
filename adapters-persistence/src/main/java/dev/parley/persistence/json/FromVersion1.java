package dev.parley.persistence.json;

import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Lifts bodies of version 1, which was before there were responses: an answer was a text, what was thought before it and
 * the calls after it; a turn was given messages; tools were functions.
 */
final class FromVersion1 {

    private static final JsonNode NULL = JsonNode.nullNode();
    private static final JsonNode FALSE = JsonNode.createBooleanNode(false);

    private static final JsonNode NOTHING = JsonNode.createArrayNode(List.of());

    private static final JsonNode NO_OPTIONS = object(Stream.of(
                    "reasoningEffort",
                    "verbosity",
                    "parallelToolCalls",
                    "presencePenalty",
                    "frequencyPenalty",
                    "topLogprobs",
                    "user",
                    "safetyIdentifier",
                    "promptCacheKey",
                    "serviceTier")
            .collect(LinkedHashMap::new, (members, name) -> members.put(name, NULL), Map::putAll));

    private FromVersion1() {}

    static JsonNode agentConfig(JsonNode config) {
        return changed(
                changed(config, "responseFormat", FromVersion1::responseFormat),
                "clientTools",
                definitions -> each(definitions, FromVersion1::definition));
    }

    static JsonNode turnSpec(JsonNode spec) {
        JsonNode lifted = changed(spec, "responseFormat", FromVersion1::responseFormat);
        lifted = changed(lifted, "tools", tools -> each(tools, FromVersion1::offeredTool));
        return with(lifted, Map.of("options", NO_OPTIONS, "terms", NULL));
    }

    static JsonNode turnInput(JsonNode body) {
        JsonNode messages = member(body, "input");
        return messages.size() == 0
                ? object(Map.of("type", text("items"), "items", messages, "metadata", object(Map.of())))
                : object(
                        Map.of("type", text("messages"), "messages", messages, "documents", member(body, "documents")));
    }

    static JsonNode turnState(JsonNode state) {
        return changed(state, "output", FromVersion1::answer);
    }

    static JsonNode step(JsonNode step) {
        return changed(
                changed(step, "answer", FromVersion1::answer),
                "responses",
                responses -> each(responses, FromVersion1::response));
    }

    private static JsonNode response(JsonNode response) {
        return with(response, Map.of("sources", NOTHING, "failed", FALSE));
    }

    private static JsonNode answer(JsonNode answer) {
        List<JsonNode> passages = new ArrayList<>();
        JsonNode reasoning = member(answer, "reasoning");
        if (!reasoning.isNull()) {
            passages.add(object(Map.of("type", text("thought"), "text", reasoning)));
        }
        JsonNode said = member(answer, "text");
        if (!said.getStringValue().isEmpty()) {
            passages.add(object(Map.of("type", text("spoken"), "text", said, "logprobs", NULL, "citations", NOTHING)));
        }
        for (JsonNode call : member(answer, "toolCalls").values()) {
            passages.add(object(Map.of("type", text("called"), "call", call)));
        }
        return object(
                Map.of("passages", JsonNode.createArrayNode(passages), "stopReason", member(answer, "stopReason")));
    }

    private static JsonNode responseFormat(JsonNode format) {
        return member(format, "type").getStringValue().equals("json_schema")
                ? with(format, Map.of("name", NULL, "description", NULL, "strict", FALSE))
                : format;
    }

    private static JsonNode offeredTool(JsonNode tool) {
        JsonNode name = member(member(tool, "definition"), "name");
        return with(
                changed(tool, "definition", FromVersion1::definition),
                Map.of(
                        "form",
                        object(Map.of("type", text("function"), "name", name, "namespace", NULL)),
                        "approved",
                        FALSE));
    }

    private static JsonNode definition(JsonNode definition) {
        return with(definition, Map.of("strict", FALSE));
    }

    private static JsonNode member(JsonNode object, String name) {
        JsonNode member = object.get(name);
        if (member == null) {
            throw new Unreadable("it has no " + name);
        }
        return member;
    }

    /** The object with one of its members changed; as it is where that member is missing or null. */
    private static JsonNode changed(JsonNode object, String name, UnaryOperator<JsonNode> change) {
        JsonNode member = object.get(name);
        return member == null || member.isNull() ? object : with(object, Map.of(name, change.apply(member)));
    }

    private static JsonNode with(JsonNode object, Map<String, JsonNode> members) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        object.entries().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        all.putAll(members);
        return object(all);
    }

    private static JsonNode each(JsonNode array, UnaryOperator<JsonNode> change) {
        List<JsonNode> changed = new ArrayList<>();
        array.values().forEach(value -> changed.add(change.apply(value)));
        return JsonNode.createArrayNode(changed);
    }

    private static JsonNode object(Map<String, JsonNode> members) {
        return JsonNode.createObjectNode(members);
    }

    private static JsonNode text(String value) {
        return JsonNode.createStringNode(value);
    }
}
