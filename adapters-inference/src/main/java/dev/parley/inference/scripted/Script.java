package dev.parley.inference.scripted;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the scripted provider does with a request. */
sealed interface Script {

    record Say(String text) implements Script {
        public Say {
            requireNonNull(text, "text");
        }
    }

    record Call(List<ToolCall> calls) implements Script {
        public Call {
            calls = List.copyOf(calls);
        }
    }

    record Refuse(String text) implements Script {
        public Refuse {
            requireNonNull(text, "text");
        }
    }

    /** What it thinks before it answers; empty unless it was asked to think. */
    static Optional<String> thought(InferenceRequest request) {
        String said = lastWords(request);
        return speaksOf("think", said)
                ? Optional.of("I was asked to think about this: %s".formatted(said))
                : Optional.empty();
    }

    /** A tool is called when it must be, or when the user names it or speaks of tools or calls at all. */
    static Script of(InferenceRequest request) {
        String said = lastWords(request);
        List<ToolDefinition> called = switch (request.toolChoice()) {
            case ToolChoice.None _ -> List.of();
            case ToolChoice.Named(String name) ->
                request.tools().stream()
                        .filter(tool -> tool.name().equals(name))
                        .toList();
            case ToolChoice.Required _, ToolChoice.Hosted _ -> first(named(request, said), request);
            case ToolChoice.Auto _ -> isAnswered(request) ? List.of() : wished(request, said);
        };
        if (!called.isEmpty()) {
            return new Call(calls(called, said, request));
        }
        if (speaksOf("refuse", said) && !isAnswered(request)) {
            return new Refuse("I was asked to refuse, so I do. Ask me something else.");
        }
        if (request.responseFormat().isPresent()
                && request.responseFormat().get()
                        instanceof ResponseFormat.JsonSchema(var schema, var _, var _, var _)) {
            return new Say(SampleJson.forSchema(schema.text(), said));
        }
        return new Say(isAnswered(request) ? report(request) : greeting(said));
    }

    private static String greeting(String said) {
        return "No model is configured, so this is Parley's built-in script. You said: \"%s\". To talk with a model, start"
                        .formatted(said)
                + " Parley with OPENAI_BASE_URL and/or OPENAI_API_KEY set, or configure parley.inference.providers.";
    }

    private static String report(InferenceRequest request) {
        StringBuilder report = new StringBuilder("No model is configured, so this is Parley's built-in script.");
        for (Message message : afterLastAssistant(request)) {
            if (message instanceof Message.Tool(String callId, var content)) {
                report.append(" The tool ")
                        .append(nameOf(callId, request))
                        .append(" answered: ")
                        .append(content.text());
            }
        }
        return report.toString();
    }

    private static List<ToolDefinition> wished(InferenceRequest request, String said) {
        List<ToolDefinition> named = named(request, said);
        return speaksOf("tools?|calls?", said) ? first(named, request) : named;
    }

    /** @param words a pattern of them */
    private static boolean speaksOf(String words, String said) {
        return Pattern.compile("\\b(" + words + ")\\b", Pattern.CASE_INSENSITIVE)
                .matcher(said)
                .find();
    }

    private static List<ToolDefinition> named(InferenceRequest request, String said) {
        String heard = said.toLowerCase(Locale.ROOT);
        return request.tools().stream()
                .filter(tool -> heard.contains(tool.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static List<ToolDefinition> first(List<ToolDefinition> named, InferenceRequest request) {
        return named.isEmpty() ? request.tools().stream().limit(1).toList() : named;
    }

    private static List<ToolCall> calls(List<ToolDefinition> tools, String said, InferenceRequest request) {
        Set<String> taken = new HashSet<>();
        request.messages().forEach(message -> {
            if (message instanceof Message.Assistant assistant) {
                assistant.toolCalls().forEach(call -> taken.add(call.callId()));
            }
        });
        List<ToolCall> calls = new ArrayList<>();
        int number = taken.size() + 1;
        for (ToolDefinition tool : tools) {
            while (!taken.add("call_" + number)) {
                number++;
            }
            calls.add(new ToolCall(
                    "call_" + number,
                    tool.name(),
                    new ToolArguments.Json(SampleJson.forInput(tool.input(), withoutNames(said, request)))));
        }
        return calls;
    }

    /** The name of a tool is no argument for it. */
    private static String withoutNames(String said, InferenceRequest request) {
        String rest = said;
        for (ToolDefinition tool : request.tools()) {
            rest = rest.replace(tool.name(), "");
        }
        return rest.strip();
    }

    private static boolean isAnswered(InferenceRequest request) {
        return afterLastAssistant(request).stream().anyMatch(Message.Tool.class::isInstance);
    }

    private static List<Message> afterLastAssistant(InferenceRequest request) {
        List<Message> messages = request.messages();
        int start = messages.size();
        while (start > 0 && !(messages.get(start - 1) instanceof Message.Assistant)) {
            start--;
        }
        return messages.subList(start, messages.size());
    }

    private static String lastWords(InferenceRequest request) {
        return request.messages().reversed().stream()
                .filter(Message.User.class::isInstance)
                .map(message -> ((Message.User) message).content().text())
                .findFirst()
                .orElse("");
    }

    private static String nameOf(String callId, InferenceRequest request) {
        return request.messages().reversed().stream()
                .filter(Message.Assistant.class::isInstance)
                .flatMap(message -> ((Message.Assistant) message).toolCalls().stream())
                .filter(call -> call.callId().equals(callId))
                .map(ToolCall::toolName)
                .findFirst()
                .orElse(callId);
    }
}
