package dev.parley.application.testing;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Usage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a model does with one request, said without any provider's words, so that every adapter can be tried with it. */
public sealed interface ModelScript {

    /** It answers: first its reasoning, then its text, then its calls, each in the given pieces. */
    record Answers(
            List<String> reasoning, List<String> text, List<Call> calls, StopReason stopReason, Optional<Usage> usage)
            implements ModelScript {
        public Answers {
            reasoning = List.copyOf(reasoning);
            text = List.copyOf(text);
            calls = List.copyOf(calls);
            requireNonNull(stopReason, "stopReason");
            requireNonNull(usage, "usage");
        }

        /** The answer in one piece, its calls under the ids that the model gave them. */
        public Message.Assistant message() {
            return messageWith(calls.stream().map(Call::whole).toList());
        }

        /** The answer in one piece, with its calls under other ids. */
        Message.Assistant messageWith(List<ToolCall> renamed) {
            return new Message.Assistant(
                    String.join("", text),
                    reasoning.isEmpty() ? Optional.empty() : Optional.of(String.join("", reasoning)),
                    renamed,
                    stopReason);
        }
    }

    /** It answers with these passages, each in one piece, in this order. */
    record Tells(List<Passage> passages, StopReason stopReason) implements ModelScript {
        public Tells {
            passages = List.copyOf(passages);
            requireNonNull(stopReason, "stopReason");
        }

        /** The answer in one piece. */
        public Message.Assistant message() {
            return new Message.Assistant(passages, stopReason);
        }
    }

    /** It does not take the request. */
    record Refuses(Failure.Code code) implements ModelScript {
        public Refuses {
            requireNonNull(code, "code");
        }
    }

    /** It says something and then the connection breaks. */
    record BreaksOff(List<String> text) implements ModelScript {
        public BreaksOff {
            text = List.copyOf(text);
        }
    }

    /** It takes the request, says something, which may be nothing, and then is silent until the caller goes away. */
    record FallsSilent(List<String> text) implements ModelScript {
        public FallsSilent {
            text = List.copyOf(text);
        }
    }

    /** @param arguments the pieces of the arguments' text */
    record Call(String id, String tool, List<String> arguments) {
        public Call {
            requireNonNull(id, "id");
            requireNonNull(tool, "tool");
            arguments = List.copyOf(arguments);
        }

        static Call of(ToolCall call) {
            return new Call(
                    call.callId(), call.toolName(), List.of(call.arguments().text()));
        }

        /** The call in one piece; its arguments count as well-formed when they are in braces. */
        ToolCall whole() {
            String text = String.join("", arguments);
            boolean wellFormed = text.startsWith("{") && text.endsWith("}");
            return new ToolCall(
                    id, tool, wellFormed ? new ToolArguments.Json(text) : new ToolArguments.Malformed(text));
        }
    }

    static Answers says(String... pieces) {
        return new Answers(List.of(), List.of(pieces), List.of(), StopReason.END_OF_TURN, Optional.empty());
    }

    static Tells tells(Passage... passages) {
        return new Tells(List.of(passages), StopReason.END_OF_TURN);
    }

    static Answers calls(ToolCall... calls) {
        List<Call> scripted = Arrays.stream(calls).map(Call::of).toList();
        return new Answers(List.of(), List.of(), scripted, StopReason.END_OF_TURN, Optional.empty());
    }
}
