package dev.parley.application.testing;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A model that does what it was told to do, once for each request, in that order. */
public final class ScriptedInference implements Inference {

    private final Queue<Inference> script = new ConcurrentLinkedQueue<>();
    private final List<InferenceRequest> requests = new CopyOnWriteArrayList<>();

    /** Has the model do these things with the next requests. */
    public ScriptedInference then(ModelScript... scripts) {
        for (ModelScript next : scripts) {
            script.add((request, progress, cancellation) -> play(next, request, progress, cancellation));
        }
        return this;
    }

    /** Has the next request done by hand. */
    public ScriptedInference thenDo(Inference next) {
        script.add(next);
        return this;
    }

    /** Has the model wait with its answer to the next request until it is let go on, or the caller goes away. */
    public Gate thenWaitAndSay(String text) {
        Gate gate = new Gate();
        script.add((request, progress, cancellation) -> {
            progress.opened();
            progress.flush();
            gate.pass(cancellation);
            return play(ModelScript.says(text), request, new Opened(progress), cancellation);
        });
        return gate;
    }

    /** What was asked so far. */
    public List<InferenceRequest> requests() {
        return List.copyOf(requests);
    }

    public InferenceRequest lastRequest() {
        return requests.getLast();
    }

    @Override
    public Answer infer(InferenceRequest request, Progress progress, Cancellation cancellation) throws BrokenOff {
        requests.add(request);
        Inference next = script.poll();
        if (next == null) {
            throw new AssertionError("nothing was scripted for request " + requests.size() + ": " + request);
        }
        return next.infer(request, progress, cancellation);
    }

    private static Answer play(
            ModelScript script, InferenceRequest request, Progress progress, Cancellation cancellation)
            throws BrokenOff {
        requireWanted(cancellation);
        return switch (script) {
            case ModelScript.Answers answers -> answer(answers, request, progress);
            case ModelScript.Tells tells -> tell(tells, progress);
            case ModelScript.Refuses(Failure.Code code) -> throw new BrokenOff(code, "The model refused");
            case ModelScript.BreaksOff(List<String> text) -> {
                say(text, progress);
                throw new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, "The provider broke off");
            }
            case ModelScript.FallsSilent(List<String> text) -> {
                say(text, progress);
                new Gate().pass(cancellation);
                throw new AssertionError("the gate has no key");
            }
        };
    }

    private static void say(List<String> text, Progress progress) {
        progress.opened();
        text.forEach(piece -> progress.delta(new Delta.Text(piece)));
        progress.flush();
    }

    private static Answer answer(ModelScript.Answers answers, InferenceRequest request, Progress progress) {
        progress.opened();
        answers.reasoning().forEach(piece -> progress.delta(new Delta.Reasoning(piece)));
        answers.text().forEach(piece -> progress.delta(new Delta.Text(piece)));
        Set<String> taken = callIds(request);
        List<ToolCall> calls = new ArrayList<>();
        for (ModelScript.Call scripted : answers.calls()) {
            ToolCall whole = withNewId(scripted.whole(), taken);
            progress.delta(new Delta.CallOpened(whole.callId(), whole.toolName()));
            scripted.arguments().forEach(piece -> progress.delta(new Delta.CallArguments(piece)));
            progress.delta(new Delta.CallClosed(whole));
            calls.add(whole);
        }
        progress.flush();
        return new Answer(answers.messageWith(calls), answers.usage());
    }

    private static Answer tell(ModelScript.Tells tells, Progress progress) {
        progress.opened();
        for (Passage passage : tells.passages()) {
            switch (passage) {
                case Passage.Thought(String text) -> progress.delta(new Delta.Reasoning(text));
                case Passage.Spoken(String text, Optional<JsonText> logprobs, var _) ->
                    progress.delta(
                            logprobs.isPresent() ? new Delta.ScoredText(text, logprobs.get()) : new Delta.Text(text));
                case Passage.Refused(String text) -> progress.delta(new Delta.Refused(text));
                case Passage.Called(ToolCall call) -> {
                    progress.delta(new Delta.CallOpened(call.callId(), call.toolName()));
                    progress.delta(new Delta.CallArguments(call.arguments().text()));
                    progress.delta(new Delta.CallClosed(call));
                }
            }
        }
        progress.flush();
        return new Answer(tells.message(), Optional.empty());
    }

    private static Set<String> callIds(InferenceRequest request) {
        Set<String> ids = new HashSet<>();
        for (Message message : request.messages()) {
            if (message instanceof Message.Assistant assistant) {
                assistant.toolCalls().forEach(call -> ids.add(call.callId()));
            }
        }
        return ids;
    }

    private static ToolCall withNewId(ToolCall call, Set<String> taken) {
        String id = call.callId();
        for (int attempt = 2; !taken.add(id); attempt++) {
            id = call.callId() + "_" + attempt;
        }
        return new ToolCall(id, call.toolName(), call.arguments());
    }

    private static void requireWanted(Cancellation cancellation) throws BrokenOff {
        if (cancellation.requested().isPresent()) {
            throw new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, "The request was called off");
        }
    }

    /** Where a model stands still until a test lets it go on. */
    public static final class Gate {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch left = new CountDownLatch(1);

        /** Blocks until the model stands here. */
        public void awaitReached() {
            Patient.await(reached);
        }

        public void open() {
            left.countDown();
        }

        private void pass(Cancellation cancellation) throws BrokenOff {
            try (Cancellation.Registration _ = cancellation.onRequest(left::countDown)) {
                reached.countDown();
                Patient.await(left);
            }
            requireWanted(cancellation);
        }
    }

    /** The rest of an answer that was opened before. */
    private record Opened(Progress progress) implements Progress {

        @Override
        public void opened() {}

        @Override
        public void delta(Delta delta) {
            progress.delta(delta);
        }

        @Override
        public void flush() {
            progress.flush();
        }
    }
}
