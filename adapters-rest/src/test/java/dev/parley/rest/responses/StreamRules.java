package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.json.JsonField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A reader as strict as the strictest client: it keeps the items that it is told, and holds every event against them
 * (responses-api 9.4). It knows nothing of how the events were made.
 */
final class StreamRules {

    private static final Set<String> LIFECYCLE = Set.of(
            "response.created",
            "response.queued",
            "response.in_progress",
            "response.completed",
            "response.incomplete",
            "response.failed");
    private static final Set<String> TERMINAL = Set.of("response.completed", "response.incomplete", "response.failed");
    private static final Map<String, String> TYPES_OF_EVENTS = Map.ofEntries(
            Map.entry("response.function_call_arguments.", "function_call"),
            Map.entry("response.custom_tool_call_input.", "custom_tool_call"),
            Map.entry("response.reasoning_", "reasoning"),
            Map.entry("response.output_text.", "message"),
            Map.entry("response.refusal.", "message"),
            Map.entry("response.file_search_call.", "file_search_call"),
            Map.entry("response.web_search_call.", "web_search_call"),
            Map.entry("response.mcp_list_tools", "mcp_list_tools"),
            Map.entry("response.mcp_call", "mcp_call"),
            Map.entry("response.code_interpreter_call", "code_interpreter_call"),
            Map.entry("response.image_generation_call.", "image_generation_call"),
            Map.entry("response.shell_call_command.", "shell_call"),
            Map.entry("response.shell_call_output_content.", "shell_call_output"));

    private final List<Kept> items = new ArrayList<>();
    private long next;
    private String response = "";
    private String terminal = "";
    private List<String> terminalOutput = List.of();
    private List<Kept> leftOut = List.of();

    /** An item as the reader knows it. */
    private static final class Kept {
        final String id;
        final String type;
        final String callId;
        final List<String> parts = new ArrayList<>();
        final List<String> annotations = new ArrayList<>();
        final List<String> summaries = new ArrayList<>();
        final Map<String, String> texts = new HashMap<>();
        final ShellRules shell = new ShellRules();
        String json;
        int partialImages;
        boolean done;

        Kept(JsonField item) {
            id = item.at("id").string();
            type = item.at("type").string();
            callId = item.at("call_id").optional(JsonField::string).orElse("");
            json = item.opaque().text();
        }

        boolean isOutput() {
            return type.endsWith("_output");
        }

        boolean isOfTheCallOf(Kept other) {
            return !callId.isEmpty() && callId.equals(other.callId);
        }
    }

    private StreamRules() {}

    /** Reads a whole stream, and fails where it breaks a rule. */
    static StreamRules read(String sse) {
        StreamRules rules = new StreamRules();
        assertThat(sse).endsWith("data: [DONE]\n\n").doesNotContain("\r");
        String events = sse.substring(0, sse.length() - "data: [DONE]\n\n".length());
        for (String frame : events.split("(?<=\n\n)", -1)) {
            if (!frame.isEmpty()) {
                rules.frame(frame);
            }
        }
        return rules;
    }

    /** The last event; empty when the stream ended without one that says how. */
    String terminal() {
        return terminal;
    }

    /** The output that the last event holds, each item as it stood there. */
    List<String> output() {
        return terminalOutput;
    }

    /** Whether all that was told is in the output that the last event holds. */
    boolean endsWithAll() {
        return leftOut.isEmpty();
    }

    private void frame(String frame) {
        String[] lines = frame.split("\n", -1);
        assertThat(lines).as(frame).hasSize(4);
        assertThat(lines[1]).startsWith("data: {");
        JsonField data = JsonField.body(lines[1].substring("data: ".length()).getBytes(UTF_8));
        String type = data.at("type").string();
        assertThat(lines[0]).isEqualTo("event: " + type);
        assertThat(data.at("sequence_number").integer(0)).as(frame).isEqualTo(next);
        assertThat(data.at("error").isPresent()).as(frame).isEqualTo(type.equals("error"));
        assertThat(terminal).as("nothing comes behind the last event").isEmpty();
        assertThat(type.equals("response.created")).as("the first event").isEqualTo(next == 0);
        next++;
        if (LIFECYCLE.contains(type)) {
            lifecycle(type, data.at("response"));
        } else if (type.equals("response.output_item.added")) {
            added(data);
        } else if (!type.equals("error")) {
            item(type, data);
        }
    }

    private void lifecycle(String type, JsonField object) {
        String id = object.at("id").string();
        assertThat(response.isEmpty() || response.equals(id)).isTrue();
        response = id;
        List<JsonField> output = object.at("output").list(item -> item);
        List<String> texts = output.stream().map(item -> item.opaque().text()).toList();
        if (!TERMINAL.contains(type)) {
            items.clear();
            output.forEach(item -> {
                Kept kept = new Kept(item);
                kept.done = true;
                items.add(kept);
            });
            return;
        }
        terminal = type;
        terminalOutput = texts;
        List<String> ids = output.stream().map(item -> item.at("id").string()).toList();
        leftOut = items.stream().filter(item -> !ids.contains(item.id)).toList();
        List<Kept> shown = items.stream().filter(item -> ids.contains(item.id)).toList();
        assertThat(ids).isEqualTo(shown.stream().map(item -> item.id).toList());
        for (int index = 0; index < shown.size(); index++) {
            if (shown.get(index).done) {
                assertThat(texts.get(index)).isEqualTo(shown.get(index).json);
            }
        }
        assertThat(leftOut).allSatisfy(item -> assertThat(item.done).isTrue());
        if (!type.equals("response.failed")) {
            assertThat(items).allSatisfy(item -> assertThat(item.done).isTrue());
            assertThat(object.at("usage").isGiven()).isTrue();
        }
    }

    private void added(JsonField data) {
        assertThat(data.at("output_index").integer(0)).isEqualTo(items.size());
        Kept item = new Kept(data.at("item"));
        assertThat(items).noneMatch(other -> other.id.equals(item.id));
        assertThat(items).noneMatch(other -> item.isOfTheCallOf(other) && other.isOutput() == item.isOutput());
        assertThat(items).allMatch(other -> other.done);
        if (item.type.equals("message")) {
            assertThat(data.at("item").at("content").list(part -> part)).isEmpty();
        }
        item.shell.begin(item.type, data.at("item"));
        items.add(item);
    }

    private void item(String type, JsonField data) {
        Kept item = items.get(data.at("output_index").integer(0));
        assertThat(item.done).isFalse();
        if (type.equals("response.output_item.done")) {
            done(item, data.at("item"));
            return;
        }
        TYPES_OF_EVENTS.forEach((prefix, of) -> {
            if (type.startsWith(prefix)) {
                assertThat(item.type).as(type).isEqualTo(of);
            }
        });
        if (type.startsWith("response.shell_call_command.")) {
            item.shell.command(type, data);
            return;
        }
        assertThat(data.at("item_id").string()).isEqualTo(item.id);
        if (type.startsWith("response.shell_call_output_content.")) {
            Kept call = items.stream()
                    .filter(other -> item.isOfTheCallOf(other) && !other.isOutput())
                    .findFirst()
                    .orElseThrow();
            item.shell.output(type, data, call.shell);
            return;
        }
        switch (type) {
            case "response.content_part.added" -> {
                assertThat(data.at("content_index").integer(0)).isEqualTo(item.parts.size());
                item.parts.add(data.at("part").at("type").string());
            }
            case "response.content_part.done" -> {
                JsonField part = data.at("part");
                String kind = part.at("type").string();
                assertThat(item.parts.get(data.at("content_index").integer(0))).isEqualTo(kind);
                String text =
                        part.at(kind.equals("refusal") ? "refusal" : "text").string();
                assertThat(text).isEqualTo(item.texts.getOrDefault(kind, ""));
                if (kind.equals("output_text")) {
                    assertThat(part.at("annotations").list(one -> one.opaque().text()))
                            .isEqualTo(item.annotations);
                }
            }
            case "response.reasoning_summary_part.added" -> {
                assertThat(data.at("summary_index").integer(0)).isEqualTo(item.summaries.size());
                item.summaries.add("");
            }
            case "response.reasoning_summary_part.done" ->
                assertThat(data.at("part").at("text").string()).isEqualTo(item.texts.getOrDefault("summary", ""));
            case "response.output_text.delta" -> {
                assertThat(data.at("logprobs").list(score -> score)).isNotNull();
                grows(item, "output_text", data);
            }
            case "response.output_text.done" -> {
                assertThat(data.at("logprobs").list(score -> score)).isNotNull();
                is(item, "output_text", data.at("text"));
            }
            case "response.output_text.annotation.added" -> {
                assertThat(data.at("annotation_index").integer(0)).isEqualTo(item.annotations.size());
                item.annotations.add(data.at("annotation").opaque().text());
            }
            case "response.refusal.delta" -> grows(item, "refusal", data);
            case "response.refusal.done" -> is(item, "refusal", data.at("refusal"));
            case "response.reasoning_text.delta" -> grows(item, "reasoning_text", data);
            case "response.reasoning_text.done" -> is(item, "reasoning_text", data.at("text"));
            case "response.reasoning_summary_text.delta" -> {
                assertThat(item.summaries)
                        .hasSizeGreaterThan(data.at("summary_index").integer(0));
                append(item, "summary", data);
            }
            case "response.reasoning_summary_text.done" -> is(item, "summary", data.at("text"));
            case "response.function_call_arguments.delta",
                    "response.custom_tool_call_input.delta",
                    "response.mcp_call_arguments.delta",
                    "response.code_interpreter_call_code.delta" -> append(item, "whole", data);
            case "response.function_call_arguments.done" -> {
                assertThat(data.at("name").string()).isNotEmpty();
                is(item, "whole", data.at("arguments"));
            }
            case "response.image_generation_call.partial_image" -> {
                assertThat(data.at("partial_image_index").integer(0)).isEqualTo(item.partialImages);
                assertThat(data.at("partial_image_b64").string()).isNotEmpty();
                item.partialImages++;
            }
            case "response.mcp_call_arguments.done" -> is(item, "whole", data.at("arguments"));
            case "response.custom_tool_call_input.done" -> is(item, "whole", data.at("input"));
            case "response.code_interpreter_call_code.done" -> is(item, "whole", data.at("code"));
            case "response.file_search_call.in_progress",
                    "response.file_search_call.searching",
                    "response.file_search_call.completed",
                    "response.web_search_call.in_progress",
                    "response.web_search_call.searching",
                    "response.web_search_call.completed",
                    "response.mcp_list_tools.in_progress",
                    "response.mcp_list_tools.completed",
                    "response.mcp_list_tools.failed",
                    "response.mcp_call.in_progress",
                    "response.mcp_call.completed",
                    "response.mcp_call.failed",
                    "response.code_interpreter_call.in_progress",
                    "response.code_interpreter_call.interpreting",
                    "response.code_interpreter_call.completed",
                    "response.image_generation_call.in_progress",
                    "response.image_generation_call.generating",
                    "response.image_generation_call.completed" -> {
                // say nothing more
            }
            default -> throw new AssertionError("no client knows the event " + type);
        }
    }

    private static void done(Kept item, JsonField whole) {
        Kept last = new Kept(whole);
        assertThat(last.id).isEqualTo(item.id);
        assertThat(last.type).isEqualTo(item.type);
        assertThat(last.callId).isEqualTo(item.callId);
        item.shell.end(item.type, whole);
        item.json = last.json;
        item.done = true;
        if (item.type.equals("function_call")) {
            is(item, "whole", whole.at("arguments"));
        }
        if (item.type.equals("custom_tool_call")) {
            is(item, "whole", whole.at("input"));
        }
    }

    /** A text of a part that was told to be there. */
    private static void grows(Kept item, String kind, JsonField data) {
        assertThat(item.parts.get(data.at("content_index").integer(0))).isEqualTo(kind);
        append(item, kind, data);
    }

    private static void append(Kept item, String kind, JsonField data) {
        String delta = data.at("delta").string();
        assertThat(delta).isNotEmpty();
        item.texts.merge(kind, delta, String::concat);
    }

    private static void is(Kept item, String kind, JsonField text) {
        assertThat(text.string()).isEqualTo(item.texts.getOrDefault(kind, ""));
    }
}
