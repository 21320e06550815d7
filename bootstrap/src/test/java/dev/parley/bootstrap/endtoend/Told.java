package dev.parley.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.ObjectMappers;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A stream as the official Java client has read it: every event is one that it knows, and fits its schema.
 *
 * @param ended the response that the last event holds
 * @param accumulated what the client has put together from all events
 */
record Told(List<ResponseStreamEvent> events, Response ended, Response accumulated) {

    private static final Pattern ID =
            Pattern.compile("\"((?:resp|msg|rs|fc|fco|ctc|call|conv|ws|fs|ci|sh|sho|mcp|mcpl|mcpr)_)\\w+\"");
    private static final Pattern CALL_ID = Pattern.compile("(\"call_id\"):\"(?!call_)");
    private static final Pattern PADDING = Pattern.compile(",\"obfuscation\":\"[^\"]*\"");
    private static final Pattern TIME = Pattern.compile("(\"(?:created|completed)_at\"):[^,}]+");
    private static final Pattern SEALED = Pattern.compile("(\"encrypted_content\"):\"[^\"]+\"");

    Told {
        events = List.copyOf(events);
    }

    /**
     * Reads a stream to its end.
     *
     * @throws OpenAIInvalidDataException if an event, or anything within it, is unknown or has not what
     *     its schema demands
     */
    static Told of(StreamResponse<ResponseStreamEvent> stream) {
        List<ResponseStreamEvent> events = new ArrayList<>();
        ResponseAccumulator accumulator = ResponseAccumulator.createWithSnapshots();
        stream.stream().forEach(event -> {
            validateUnlessSearchBegins(event);
            events.add(event);
            accumulator.accumulate(event);
        });
        return new Told(
                events,
                accumulator.response().validate(),
                accumulator.reconstructedResponse().validate());
    }

    /** The client's schema demands of a web search to say what it does, which nobody can say when it begins. */
    private static void validateUnlessSearchBegins(ResponseStreamEvent event) {
        if (event.outputItemAdded()
                .filter(added -> added.item().webSearchCall().isPresent())
                .isPresent()) {
            assertThatThrownBy(event::validate)
                    .isInstanceOf(OpenAIInvalidDataException.class)
                    .hasMessage("`action` is not set");
        } else {
            event.validate();
        }
    }

    /** The numbers of the events in the order of their arrival. */
    List<Integer> numbers() {
        return events.stream()
                .map(event -> json(event, "sequence_number").asInt(-1))
                .toList();
    }

    /** The types of the events in the order of their arrival. */
    List<String> types() {
        return events.stream().map(event -> json(event, "type").asText()).toList();
    }

    /** The type of an item, as it came. */
    static String type(ResponseOutputItem item) {
        return json(item, "type").asText();
    }

    private static JsonNode json(Object object, String member) {
        return ObjectMappers.jsonMapper().<JsonNode>valueToTree(object).path(member);
    }

    /** An object of the client as JSON without what differs from one to the next: ids, times, padding and sealed texts. */
    static String alike(Object object) {
        Map<String, String> ids = new LinkedHashMap<>();
        String prefixed = CALL_ID.matcher(json(object)).replaceAll("$1:\"call_");
        String named = ID.matcher(PADDING.matcher(prefixed).replaceAll(""))
                .replaceAll(id -> ids.computeIfAbsent(id.group(), _ -> "\"<" + id.group(1) + ids.size() + ">\""));
        return SEALED.matcher(TIME.matcher(named).replaceAll("$1:\"<t>\"")).replaceAll("$1:\"<sealed>\"");
    }

    private static String json(Object object) {
        try {
            return ObjectMappers.jsonMapper().writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the client can't write what it has read: " + object, e);
        }
    }
}
