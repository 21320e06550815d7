package dev.parley.inference.scripted;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Usage;
import dev.parley.inference.provider.ForwardedRequest;
import dev.parley.inference.provider.Provider;
import dev.parley.inference.provider.ProviderSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers by a script: the same request always gets the same answer. It takes any name for a model, counts words for
 * tokens, and heeds the choice of tools, the limit of tokens and the form of the answer. It thinks first when it is asked
 * to think, and refuses when it is asked to.
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

    /** Its samples fit well enough, which is no promise. */
    @Override
    public boolean enforcesSchema(InferenceRequest request) {
        return false;
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
        List<Passage> passages = new ArrayList<>();
        int limit = request.sampling().maxTokens() == 0
                ? Integer.MAX_VALUE
                : request.sampling().maxTokens();
        List<String> thought = words(Script.thought(request).orElse(""));
        String thoughtOf = say(thought, limit, Delta.Reasoning::new, progress, cancellation);
        if (!thoughtOf.isEmpty()) {
            passages.add(new Passage.Thought(thoughtOf));
        }
        int left = Math.max(0, limit - thought.size());
        int wanted = 0;
        switch (script) {
            case Script.Say(String text) -> {
                wanted = words(text).size();
                String said = say(words(text), left, Delta.Text::new, progress, cancellation);
                if (!said.isEmpty()) {
                    passages.add(Passage.Spoken.of(said));
                }
            }
            case Script.Refuse(String text) -> {
                wanted = words(text).size();
                String said = say(words(text), left, Delta.Refused::new, progress, cancellation);
                if (!said.isEmpty()) {
                    passages.add(new Passage.Refused(said));
                }
            }
            case Script.Call(List<ToolCall> calls) -> {
                call(calls, progress, cancellation);
                calls.forEach(call -> passages.add(new Passage.Called(call)));
            }
        }
        boolean cut = thought.size() + wanted > limit;
        Message.Assistant message =
                new Message.Assistant(passages, cut ? StopReason.OUT_OF_TOKENS : StopReason.END_OF_TURN);
        return new Inference.Answer(message, Optional.of(usage(request, message)));
    }

    private static Usage usage(InferenceRequest request, Message.Assistant message) {
        long thought = words(message.reasoning().orElse("")).size();
        long said = words(message.text()).size()
                + message.toolCalls().stream()
                        .mapToLong(call -> words(call.arguments().text()).size())
                        .sum();
        return new Usage(wordsOf(request), 0, thought + said, thought);
    }

    /** @return what of the words is within the limit */
    private String say(
            List<String> words,
            int limit,
            Function<String, Delta> telling,
            Inference.Progress progress,
            Cancellation cancellation)
            throws BrokenOff {
        StringBuilder said = new StringBuilder();
        for (String word : words.subList(0, Math.min(limit, words.size()))) {
            pause(cancellation);
            said.append(word);
            progress.delta(telling.apply(word));
            progress.flush();
        }
        return said.toString();
    }

    private void call(List<ToolCall> calls, Inference.Progress progress, Cancellation cancellation) throws BrokenOff {
        for (ToolCall call : calls) {
            pause(cancellation);
            progress.delta(new Delta.CallOpened(call.callId(), call.toolName()));
            progress.delta(new Delta.CallArguments(call.arguments().text()));
            progress.delta(new Delta.CallClosed(call));
            progress.flush();
        }
    }

    @Override
    public void forward(ForwardedRequest request, ChatProxy.Receiver receiver, Cancellation cancellation)
            throws BrokenOff {
        switch (request.endpoint()) {
            case EMBEDDINGS -> throw hasNo("embeddings");
            case MODERATIONS -> throw hasNo("moderations");
            case CHAT_COMPLETIONS -> {
                ScriptedChat chat = ScriptedChat.of(request);
                Inference.Progress progress = chat.progress(receiver);
                chat.end(answer(chat.request(), progress, cancellation), receiver);
            }
        }
    }

    private BrokenOff hasNo(String service) {
        return new BrokenOff(
                Failure.Code.PROVIDER_REJECTED,
                "Provider '%s' is a built-in script, which has no %s; configure a provider that serves them"
                        .formatted(name(), service));
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
        long count = 0;
        for (Message message : request.messages()) {
            count += words(
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
                    .size();
        }
        for (ToolDefinition tool : request.tools()) {
            count += 1 + words(tool.description().orElse("")).size();
        }
        return count;
    }
}
