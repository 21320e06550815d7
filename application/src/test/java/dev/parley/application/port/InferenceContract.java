package dev.parley.application.port;

import static dev.parley.application.testing.AgentFixture.AWKWARD_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Inference.Answer;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.ModelScript;
import dev.parley.application.testing.ModelScript.Answers;
import dev.parley.application.testing.ModelScript.Call;
import dev.parley.application.testing.RecordingProgress;
import dev.parley.application.testing.Together;
import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every way to a model does, whatever stands behind it. */
@Timeout(30)
public abstract class InferenceContract {

    private static final Call CALL = new Call("call_1", "measure", List.of("{\"unit\"", ":\"mm", "Hg\"}"));

    private final RecordingProgress progress = new RecordingProgress();
    private final Cancellation cancellation = new Cancellation();

    /**
     * A way to a model that does these things with the next requests, in this order. Where it tries a refused request
     * again by itself, the model refuses each try.
     */
    protected abstract Inference inference(ModelScript... script);

    @Test
    void textIsToldAsItComesAndHeldByTheAnswer() throws BrokenOff {
        Answers script = ModelScript.says("Hel", "lo, ", AWKWARD_TEXT);

        Answer answer = ask(inference(script));

        assertThat(answer.message()).isEqualTo(script.message());
        assertThat(progress.text()).isEqualTo(script.message().text());
        assertProgressWasTold();
    }

    @Test
    void anEmptyAnswerIsAnAnswer() throws BrokenOff {
        Answer answer = ask(inference(ModelScript.says()));

        assertThat(answer.message()).isEqualTo(Message.Assistant.of(""));
        assertThat(progress.text()).isEmpty();
        assertProgressWasTold();
    }

    @Test
    void reasoningIsToldAndHeldApartFromTheText() throws BrokenOff {
        Answers script = new Answers(
                List.of("Let me ", "think."), List.of("42"), List.of(), StopReason.END_OF_TURN, Optional.empty());

        Answer answer = ask(inference(script));

        assertThat(answer.message()).isEqualTo(script.message());
        assertThat(progress.text()).isEqualTo("42");
        assertThat(told(Delta.Reasoning.class).stream()
                        .map(Delta.Reasoning::text)
                        .collect(Collectors.joining()))
                .isEqualTo("Let me think.");
        assertProgressWasTold();
    }

    @Test
    void anAnswerHoldsItsPassagesInTheOrderInWhichTheyWereTold() throws BrokenOff {
        ModelScript.Tells script = ModelScript.tells(
                new Passage.Thought("First."),
                Passage.Spoken.of("One."),
                new Passage.Thought("Then."),
                Passage.Spoken.of("Two."),
                new Passage.Called(new ToolCall("call_1", "measure", new ToolArguments.Json("{}"))));

        Answer answer = ask(inference(script));

        assertThat(answer.message()).isEqualTo(script.message());
        assertThat(progress.deltas())
                .startsWith(
                        new Delta.Reasoning("First."),
                        new Delta.Text("One."),
                        new Delta.Reasoning("Then."),
                        new Delta.Text("Two."));
        assertCallsWereToldAsHeldBy(answer);
    }

    @Test
    void aRefusalIsToldAndHeldApartFromTheText() throws BrokenOff {
        ModelScript.Tells script = ModelScript.tells(new Passage.Refused("I can't help with that."));

        assertThat(ask(inference(script)).message()).isEqualTo(script.message());
        assertThat(progress.deltas()).containsExactly(new Delta.Refused("I can't help with that."));
    }

    @Test
    void whatAFilterCutOffIsKeptAndSaysSo() throws BrokenOff {
        ModelScript.Tells script =
                new ModelScript.Tells(List.of(Passage.Spoken.of("Once upon a")), StopReason.FILTERED);

        assertThat(ask(inference(script)).message()).isEqualTo(script.message());
        assertThat(progress.text()).isEqualTo("Once upon a");
    }

    @Test
    void tokensComeWithTheirProbabilitiesWhereTheyAreAskedFor() throws BrokenOff {
        JsonText scores = new JsonText("[{\"token\":\"Hi\",\"logprob\":-0.25,\"bytes\":[72,105],\"top_logprobs\":"
                + "[{\"token\":\"Ho\",\"logprob\":-1.50,\"bytes\":[72,111]}]}]");
        ModelScript.Tells script = ModelScript.tells(new Passage.Spoken("Hi", Optional.of(scores)));

        Answer answer = inference(script).infer(scored(request(Message.User.of("Hi"))), progress, cancellation);

        assertThat(answer.message()).isEqualTo(script.message());
        assertThat(progress.deltas()).containsExactly(new Delta.ScoredText("Hi", scores));
    }

    @Test
    void callsAreOpenedGrowAndAreClosedOneAfterTheOther() throws BrokenOff {
        Call second = new Call("call_2", "search", List.of("{\"query\": \"x\"}"));
        Answers script = new Answers(
                List.of(), List.of("Wait."), List.of(CALL, second), StopReason.END_OF_TURN, Optional.empty());

        Answer answer = ask(inference(script));

        assertThat(answer.message()).isEqualTo(script.message());
        assertThat(progress.text()).isEqualTo("Wait.");
        assertCallsWereToldAsHeldBy(answer);
        assertProgressWasTold();
    }

    @Test
    void aCallWithoutArgumentsIsOneOfAnEmptyObject() throws BrokenOff {
        Answer answer = ask(inference(calling(new Call("call_1", "measure", List.of("{}")))));

        assertThat(answer.message().toolCalls())
                .containsExactly(new ToolCall("call_1", "measure", new ToolArguments.Json("{}")));
        assertCallsWereToldAsHeldBy(answer);
    }

    @Test
    void argumentsThatAreNoJsonObjectAreKeptAsTheyAre() throws BrokenOff {
        Answer answer = ask(inference(calling(
                new Call("call_1", "measure", List.of("{\"unit\": \"mm")),
                new Call("call_2", "measure", List.of("[1,", "2]")))));

        assertThat(answer.message().toolCalls())
                .extracting(ToolCall::arguments)
                .containsExactly(new ToolArguments.Malformed("{\"unit\": \"mm"), new ToolArguments.Malformed("[1,2]"));
        assertCallsWereToldAsHeldBy(answer);
    }

    @Test
    void theTextOfArgumentsIsNotTouched() throws BrokenOff {
        Answer answer =
                ask(inference(calling(new Call("call_1", "measure", List.of(AgentFixture.AWKWARD_JSON.text())))));

        assertThat(answer.message().toolCalls())
                .extracting(call -> call.arguments().text())
                .containsExactly(AgentFixture.AWKWARD_JSON.text());
    }

    @Test
    void callsOfOneAnswerHaveDifferentIds() throws BrokenOff {
        Answer answer = ask(inference(calling(CALL, CALL)));

        List<String> ids =
                answer.message().toolCalls().stream().map(ToolCall::callId).toList();
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        assertCallsWereToldAsHeldBy(answer);
    }

    @Test
    void aCallDoesNotHaveTheIdOfAnEarlierOne() throws BrokenOff {
        ToolCall earlier = new ToolCall("call_1", "measure", new ToolArguments.Json("{}"));
        InferenceRequest request = request(
                Message.User.of("Hi"),
                new Message.Assistant("", Optional.empty(), List.of(earlier), StopReason.END_OF_TURN),
                new Message.Tool("call_1", Content.of("118/79")));

        Answer answer = inference(calling(CALL)).infer(request, progress, cancellation);

        assertThat(answer.message().toolCalls()).extracting(ToolCall::callId).doesNotContain("call_1");
        assertCallsWereToldAsHeldBy(answer);
    }

    @Test
    void anAnswerThatALimitCutOffSaysSo() throws BrokenOff {
        Answers script =
                new Answers(List.of(), List.of("Once upon a"), List.of(), StopReason.OUT_OF_TOKENS, Optional.empty());

        assertThat(ask(inference(script)).message()).isEqualTo(script.message());
    }

    @Test
    void aRefusedRequestBreaksOffBeforeAnythingIsTold() {
        for (Failure.Code code : List.of(
                Failure.Code.MODEL_NOT_FOUND,
                Failure.Code.CONTEXT_TOO_LONG,
                Failure.Code.PROVIDER_REJECTED,
                Failure.Code.RATE_LIMITED,
                Failure.Code.PROVIDER_UNAVAILABLE)) {

            BrokenOff broken = broken(inference(new ModelScript.Refuses(code)));

            assertThat(broken.failure().code()).isEqualTo(code);
            assertThat(broken.failure().message()).isNotBlank();
        }
        assertThat(progress.timesOpened()).isZero();
        assertThat(progress.deltas()).isEmpty();
    }

    @Test
    void aConnectionThatBreaksInTheMiddleBreaksOff() {
        BrokenOff broken = broken(inference(new ModelScript.BreaksOff(List.of("Hel"))));

        assertThat(broken.failure().code()).isEqualTo(Failure.Code.PROVIDER_UNAVAILABLE);
        assertThat(progress.text()).isEqualTo("Hel");
        assertThat(progress.timesOpened()).isOne();
    }

    @Test
    void afterATroubledRequestTheNextOneIsAnswered() throws BrokenOff {
        Inference inference = inference(new ModelScript.BreaksOff(List.of("Hel")), ModelScript.says("Hello"));
        broken(inference);

        assertThat(ask(inference).message()).isEqualTo(Message.Assistant.of("Hello"));
    }

    @Test
    void whatIsAtHandIsFlushedWhileTheModelIsSilent() throws Exception {
        CompletableFuture<BrokenOff> asked = inBackground(inference(new ModelScript.FallsSilent(List.of("Hel"))));

        progress.awaitFlushed();

        assertThat(progress.text()).isEqualTo("Hel");
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);
        soon(asked);
    }

    @Test
    void aWishToEndEndsARequestInTheMiddle() throws Exception {
        CompletableFuture<BrokenOff> asked = inBackground(inference(new ModelScript.FallsSilent(List.of("Hel"))));
        progress.awaitFlushed();

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(soon(asked)).isNotNull();
    }

    @Test
    void aWishToEndThatWasMadeBeforeEndsARequestAtOnce() throws Exception {
        cancellation.request(Cancellation.Reason.SHUTDOWN);

        CompletableFuture<BrokenOff> asked = inBackground(inference(new ModelScript.FallsSilent(List.of())));

        assertThat(soon(asked)).isNotNull();
        assertThat(progress.deltas()).isEmpty();
    }

    @Test
    void requestsAtTheSameTimeDoNotMix() {
        Inference inference = inference(ModelScript.says("one"), ModelScript.says("two"));

        List<String> texts = Together.run(List.of(() -> textOf(inference), () -> textOf(inference)));

        assertThat(texts).containsExactlyInAnyOrder("one", "two");
    }

    private static String textOf(Inference inference) throws BrokenOff {
        RecordingProgress own = new RecordingProgress();
        Answer answer = inference.infer(request(Message.User.of("Hi")), own, new Cancellation());
        assertThat(own.text()).isEqualTo(answer.message().text());
        return own.text();
    }

    private Answer ask(Inference inference) throws BrokenOff {
        return inference.infer(request(Message.User.of("Hi")), progress, cancellation);
    }

    private BrokenOff broken(Inference inference) {
        BrokenOff broken = catchThrowableOfType(BrokenOff.class, () -> ask(inference));
        assertThat(broken).isNotNull();
        return broken;
    }

    private CompletableFuture<BrokenOff> inBackground(Inference inference) {
        CompletableFuture<BrokenOff> outcome = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                outcome.complete(broken(inference));
            } catch (Throwable unexpected) {
                outcome.completeExceptionally(unexpected);
            }
        });
        return outcome;
    }

    private static BrokenOff soon(CompletableFuture<BrokenOff> outcome)
            throws ExecutionException, TimeoutException, InterruptedException {
        return outcome.get(2, TimeUnit.SECONDS);
    }

    private static Answers calling(Call... calls) {
        return new Answers(List.of(), List.of(), List.of(calls), StopReason.END_OF_TURN, Optional.empty());
    }

    private static InferenceRequest request(Message... messages) {
        return new InferenceRequest(
                "a-model",
                List.of(messages),
                List.of(AgentFixture.tool("measure"), AgentFixture.tool("search")),
                new ToolChoice.Auto(),
                Sampling.DEFAULT,
                Optional.empty());
    }

    private static InferenceRequest scored(InferenceRequest request) {
        ModelOptions options = new ModelOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new InferenceRequest(
                request.model(),
                request.messages(),
                request.tools(),
                request.toolChoice(),
                request.sampling(),
                request.responseFormat(),
                options);
    }

    private void assertProgressWasTold() {
        assertThat(progress.timesOpened()).isOne();
        assertThat(progress.wasOpenedFirst()).isTrue();
        assertThat(progress.wasOnlyToldBy(Thread.currentThread())).isTrue();
    }

    private <D extends Delta> List<D> told(Class<D> kind) {
        return progress.deltas().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Reads the deltas as a client does: what it can put together from them is what the answer holds. */
    private void assertCallsWereToldAsHeldBy(Answer answer) {
        List<ToolCall> closed = new ArrayList<>();
        List<Delta.CallOpened> open = new ArrayList<>();
        StringBuilder arguments = new StringBuilder();
        for (Delta delta : progress.deltas()) {
            switch (delta) {
                case Delta.CallOpened opened -> {
                    assertThat(open)
                            .as("calls that are open when another is opened")
                            .isEmpty();
                    open.add(opened);
                }
                case Delta.CallArguments(String fragment) -> {
                    assertThat(open).as("the call that grows").hasSize(1);
                    arguments.append(fragment);
                }
                case Delta.CallClosed(ToolCall call) -> {
                    assertThat(open).containsExactly(new Delta.CallOpened(call.callId(), call.toolName()));
                    assertThat(call.arguments().text()).isEqualTo(arguments.toString());
                    closed.add(call);
                    open.clear();
                    arguments.setLength(0);
                }
                case Delta.Text _, Delta.ScoredText _, Delta.Refused _, Delta.Reasoning _ ->
                    assertThat(open).as("calls that are open beside text").isEmpty();
                case Delta.CallRunning _, Delta.PartialImage _ ->
                    throw new AssertionError("a model does not run calls");
                case Delta.Cited _ -> throw new AssertionError("a model does not know its sources");
            }
        }
        assertThat(open).isEmpty();
        assertThat(closed).isEqualTo(answer.message().toolCalls());
    }
}
