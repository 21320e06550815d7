package dev.parley.inference.scripted;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Usage;
import dev.parley.inference.provider.Provider;
import dev.parley.inference.provider.ProviderSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers by a script: the same request always gets the same answer. It takes any name for a model, counts words for
 * tokens, and heeds the choice of tools, the limit of tokens and the form of the answer.
 */
final class ScriptedProvider implements Provider {

    private final ProviderSettings.Scripted settings;

    ScriptedProvider(ProviderSettings.Scripted settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String type() {
        return settings.type();
    }

    @Override
    public String endpoint() {
        return "";
    }

    @Override
    public List<String> models() {
        return List.of("scripted");
    }

    @Override
    public long tokens(InferenceRequest request) {
        return wordsOf(request);
    }

    @Override
    public void close() {}

    @Override
    public Inference.Answer answer(InferenceRequest request, Inference.Progress progress, Cancellation cancellation)
            throws BrokenOff {
        Script script = Script.of(request);
        requireWanted(cancellation);
        progress.opened();
        Message.Assistant message = switch (script) {
            case Script.Say(String text) -> say(text, request, progress, cancellation);
            case Script.Call(List<ToolCall> calls) -> call(calls, progress, cancellation);
        };
        long said = words(message.text()).size()
                + message.toolCalls().stream()
                        .mapToLong(call -> words(call.arguments().text()).size())
                        .sum();
        return new Inference.Answer(message, Optional.of(new Usage(wordsOf(request), 0, said, 0)));
    }

    private Message.Assistant say(
            String text, InferenceRequest request, Inference.Progress progress, Cancellation cancellation)
            throws BrokenOff {
        List<String> words = words(text);
        int limit = request.sampling().maxTokens();
        boolean cut = limit > 0 && limit < words.size();
        StringBuilder said = new StringBuilder();
        for (String word : cut ? words.subList(0, limit) : words) {
            pause(cancellation);
            said.append(word);
            progress.delta(new Delta.Text(word));
            progress.flush();
        }
        return new Message.Assistant(
                said.toString(), Optional.empty(), List.of(), cut ? StopReason.OUT_OF_TOKENS : StopReason.END_OF_TURN);
    }

    private Message.Assistant call(List<ToolCall> calls, Inference.Progress progress, Cancellation cancellation)
            throws BrokenOff {
        for (ToolCall call : calls) {
            pause(cancellation);
            progress.delta(new Delta.CallOpened(call.callId(), call.toolName()));
            progress.delta(new Delta.CallArguments(call.arguments().text()));
            progress.delta(new Delta.CallClosed(call));
            progress.flush();
        }
        return new Message.Assistant("", Optional.empty(), calls, StopReason.END_OF_TURN);
    }

    private void pause(Cancellation cancellation) throws BrokenOff {
        if (!settings.wordDelay().isZero()) {
            cancellation.await(settings.wordDelay());
        }
        requireWanted(cancellation);
    }

    private static void requireWanted(Cancellation cancellation) throws BrokenOff {
        if (cancellation.requested().isPresent()) {
            throw new BrokenOff(Failure.Code.INTERRUPTED, "The answer was called off");
        }
    }

    /** The words of a text, each with the space before it, so that together they are the text. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int at = 1; at < text.length(); at++) {
            if (Character.isWhitespace(text.charAt(at)) && !Character.isWhitespace(text.charAt(at - 1))) {
                words.add(text.substring(start, at));
                start = at;
            }
        }
        if (start < text.length()) {
            words.add(text.substring(start));
        }
        return words;
    }

    private static long wordsOf(InferenceRequest request) {
        return request.messages().stream()
                .mapToLong(message -> words(
                                switch (message) {
                                    case Message.System(String text) -> text;
                                    case Message.Input input -> input.content().text();
                                    case Message.Assistant assistant ->
                                        assistant.text()
                                                + assistant.toolCalls().stream()
                                                        .map(ToolCall::arguments)
                                                        .map(ToolArguments::text)
                                                        .reduce("", String::concat);
                                })
                        .size())
                .sum();
    }
}
