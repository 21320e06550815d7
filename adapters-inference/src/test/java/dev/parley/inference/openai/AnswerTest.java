package dev.parley.inference.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.testing.AgentFixture;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Usage;
import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ReplyScript;
import dev.parley.inference.testing.TextScenario;
import dev.parley.inference.testing.ToolCallDelta;
import dev.parley.inference.testing.ToolCallScenario;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How answers grow, where no engine was seen to do it but one could. */
@Timeout(30)
class AnswerTest {

    @Test
    void textBesideACallWaitsUntilTheCallIsWhole() throws BrokenOff {
        try (Trial trial = Trial.of(Reply.stream(Engine.VLLM)
                .toolCall(0, "call_a", "measure", "{\"unit\":")
                .text("One moment.")
                .toolArguments(0, "1}")
                .finish("tool_calls")
                .done()
                .end())) {
            Message.Assistant message = trial.ask().message();

            ToolCall call = new ToolCall("call_a", "measure", new ToolArguments.Json("{\"unit\":1}"));
            assertThat(message.text()).isEqualTo("One moment.");
            assertThat(trial.progress.deltas())
                    .containsExactly(
                            new Delta.CallOpened("call_a", "measure"),
                            new Delta.CallArguments("{\"unit\":"),
                            new Delta.CallArguments("1}"),
                            new Delta.CallClosed(call),
                            new Delta.Text("One moment."));
        }
    }

    @Test
    void aCallIsClosedAsSoonAsAnotherBeginsBehindIt() throws BrokenOff {
        CountDownLatch closed = new CountDownLatch(1);
        try (Trial trial = Trial.of(Reply.stream(Engine.VLLM)
                .toolCall(0, "call_a", "measure", "{}")
                .toolCall(1, "call_b", "measure", "")
                .awaitGate(closed)
                .toolArguments(1, "{}")
                .finish("tool_calls")
                .done()
                .end())) {
            Inference.Answer answer = trial.provider.answer(
                    Trial.request(),
                    new SilentProgress() {
                        @Override
                        public void delta(Delta delta) {
                            if (delta instanceof Delta.CallClosed) {
                                closed.countDown();
                            }
                        }
                    },
                    trial.cancellation);

            assertThat(answer.message().toolCalls())
                    .extracting(ToolCall::callId)
                    .containsExactly("call_a", "call_b");
        }
    }

    @Test
    void aCallWithoutANameIsOneOfAToolThatIsNotThere() throws BrokenOff {
        try (Trial trial = Trial.of(Reply.stream(Engine.VLLM)
                .toolCalls(new ToolCallDelta().index(0).id("call_a").arguments("{}"))
                .finish("tool_calls")
                .done()
                .end())) {
            assertThat(trial.ask().message().toolCalls())
                    .containsExactly(new ToolCall("call_a", "unknown", new ToolArguments.Json("{}")));
        }
    }

    @Test
    void blanksBetweenWordsAndAtTheEndStay() throws BrokenOff {
        try (Trial trial = Trial.of(Reply.stream(Engine.VLLM)
                .text("\n", "one", " ", "\n", "two", "\n")
                .finish("stop")
                .done()
                .end())) {
            assertThat(trial.ask().message().text()).isEqualTo("\none \ntwo\n");
            assertThat(trial.progress.text()).isEqualTo("\none \ntwo\n");
        }
    }

    @Test
    void mistralsThinkingModelsSendParts() throws BrokenOff {
        try (Trial trial = Trial.of(Reply.stream(Engine.OPENAI)
                .delta("{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Hm.\"}]}]}")
                .delta("{\"content\":[{\"type\":\"text\",\"text\":\"Hel\"},{\"type\":\"text\",\"text\":\"lo\"}]}")
                .finish("stop")
                .done()
                .end())) {
            Message.Assistant message = trial.ask().message();

            assertThat(message.text()).isEqualTo("Hello");
            assertThat(message.reasoning()).contains("Hm.");
        }
    }

    @Test
    void blanksBeforeTextThatFollowsAThoughtStay() throws BrokenOff {
        try (Trial trial = Trial.of(Reply.stream(Engine.VLLM)
                .text("one", "\n")
                .reasoning("reasoning", "Hm.")
                .text("two", "\n")
                .reasoning("reasoning", "So.")
                .finish("stop")
                .done()
                .end())) {
            assertThat(trial.ask().message().passages())
                    .containsExactly(
                            Passage.Spoken.of("one"),
                            new Passage.Thought("Hm."),
                            Passage.Spoken.of("\ntwo"),
                            new Passage.Thought("So."));
        }
    }

    @Test
    void scoresAreThoseOfTheTextThatTheyComeWith() throws BrokenOff {
        Reply reply = Reply.stream(Engine.OPENAI)
                .opening()
                .scoredText("<think>", item("<think>"))
                .scoredText("Hm.", item("Hm."))
                .scoredText("</think>", item("</think>"))
                .scoredText("Hel", item("Hel"))
                .scoredText("", item("\u00c3"))
                .scoredText("lo", item("lo"))
                .text("!")
                .scoredText("", item("<|end|>"))
                .finish("stop")
                .done()
                .end();
        try (Trial trial = Trial.of(reply)) {
            Message.Assistant message = trial.ask(scored()).message();

            String hel = whole("Hel");
            String lo = whole("\u00c3") + "," + whole("lo");
            assertThat(trial.progress.deltas())
                    .containsExactly(
                            new Delta.Reasoning("Hm."),
                            new Delta.ScoredText("Hel", new JsonText("[" + hel + "]")),
                            new Delta.ScoredText("lo", new JsonText("[" + lo + "]")),
                            new Delta.Text("!"));
            assertThat(message.passages())
                    .containsExactly(
                            new Passage.Thought("Hm."),
                            new Passage.Spoken("Hello!", Optional.of(new JsonText("[" + hel + "," + lo + "]"))));
        }
    }

    @Test
    void scoresThatNobodyAskedForArePassedOver() throws BrokenOff {
        try (Trial trial = Trial.of(Reply.stream(Engine.VLLM)
                .scoredText("Hello", item("Hello"))
                .finish("stop")
                .done()
                .end())) {
            trial.ask();

            assertThat(trial.progress.deltas()).containsExactly(new Delta.Text("Hello"));
        }
    }

    @Test
    void whereOneCallIsAllowedTheFirstIsTheOnlyOne() throws BrokenOff {
        for (ToolCallScenario scenario : List.of(
                ToolCallScenario.PARALLEL,
                ToolCallScenario.PARALLEL_INTERLEAVED,
                ToolCallScenario.PARALLEL_ALL_INDEX_ZERO)) {
            try (Trial trial = Trial.of(scenario.reply())) {
                InferenceRequest request = Wish.in(Trial.request(Message.User.of("Hi")), Wish.parallelToolCalls(false));

                List<ToolCall> calls = trial.ask(request).message().toolCalls();

                assertThat(calls).extracting(ToolCall::callId).containsExactly("call_a");
                assertThat(trial.progress.deltas())
                        .filteredOn(Delta.CallOpened.class::isInstance)
                        .hasSize(1);
                assertThat(trial.progress.deltas()).endsWith(new Delta.CallClosed(calls.getFirst()));
            }
        }
    }

    @Test
    void anEngineThatSaysNothingInsteadOfACallIsAskedOnceMore() throws BrokenOff {
        Reply nothing = TextScenario.NO_TEXT.reply();
        Reply call = ToolCallScenario.OPENAI_CALL.reply();
        try (Trial trial = Trial.of(nothing, call)) {
            Inference.Answer answer = trial.ask(forced());

            assertThat(answer.message().toolCalls()).hasSize(1);
            assertThat(answer.usage().orElseThrow().inputTokens()).isGreaterThan(12);
            assertThat(trial.progress.timesOpened()).isOne();
            assertThat(trial.upstream.requests()).hasSize(2);
        }
        try (Trial trial = Trial.of(nothing, nothing, call)) {
            assertThat(trial.ask(forced()).message()).isEqualTo(Message.Assistant.of(""));
            assertThat(trial.upstream.requests()).hasSize(2);
        }
        try (Trial trial = Trial.of(TextScenario.OPENAI_TEXT.reply(), call)) {
            assertThat(trial.ask(forced()).message().text()).isEqualTo("Hello");
            assertThat(trial.upstream.requests()).hasSize(1);
        }
    }

    @Test
    void whatTheProviderDoesNotCountIsEstimated() throws BrokenOff {
        try (Trial trial = Trial.of(
                thoughtfulHello().done().end(),
                thoughtfulHello().usage(0, 0).done().end(),
                thoughtfulHello().usage(12, 0).done().end(),
                thoughtfulHello().usage(0, 7).done().end())) {
            assertThat(trial.ask().usage()).contains(new Usage(8, 0, 5, 4));
            assertThat(trial.ask().usage()).contains(new Usage(8, 0, 5, 4));
            assertThat(trial.ask().usage()).contains(new Usage(12, 0, 5, 4));
            assertThat(trial.ask().usage()).contains(new Usage(8, 0, 7, 0));
        }
    }

    private static ReplyScript thoughtfulHello() {
        return Reply.stream(Engine.VLLM)
                .opening()
                .reasoning("reasoning", "Let me think.")
                .text("Hello")
                .finish("stop");
    }

    @Test
    void theUsageIsNotWaitedForLong() throws BrokenOff {
        try (Trial trial =
                Trial.of(Reply.stream(Engine.VLLM).text("Hello").finish("stop").stall())) {
            assertThat(trial.ask().message().text()).isEqualTo("Hello");
            trial.upstream.awaitClientGone(Duration.ofSeconds(1));
        }
    }

    @Test
    void aStreamThatNeverEndsItsLineIsCutOff() {
        String endless = "x".repeat(1024 * 1024);
        Reply reply = Reply.stream(Engine.VLLM)
                .raw("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"")
                .raw(String.join("", Collections.nCopies(17, endless)))
                .stall();
        try (Trial trial = Trial.of(reply)) {
            Failure failure = trial.failure();

            assertThat(failure.code()).isEqualTo(Failure.Code.PROVIDER_UNAVAILABLE);
            assertThat(failure.message()).contains("an event of more than 16777216 bytes");
        }
    }

    @Test
    void tokensThatComeSlowlyAreNoSilence() throws BrokenOff {
        Reply slow = Reply.stream(Engine.VLLM)
                .timestamps(8, Duration.ofMillis(100))
                .finish("stop")
                .done()
                .end();
        try (Trial trial = Trial.impatient(Duration.ofSeconds(20), Duration.ofMillis(600), slow)) {
            trial.ask();

            assertThat(trial.progress.deltas()).hasSize(8);
        }
    }

    @Test
    void aPieceThatComesLateIsNotWaitedForBecauseOthersCame() {
        Reply stalled = Reply.stream(Engine.VLLM)
                .comment("still there")
                .opening()
                .comment("still there")
                .stall();
        try (Trial trial = Trial.impatient(Duration.ofMillis(300), Duration.ofSeconds(20), stalled)) {
            assertThat(trial.failure().code()).isEqualTo(Failure.Code.PROVIDER_TIMEOUT);
        }
    }

    /** A token as vLLM and llama.cpp tell of it: with more, or less, than OpenAI does. */
    private static String item(String token) {
        return "[{\"id\":7,\"token\":\"%s\",\"logprob\":-0.10,\"bytes\":null}]".formatted(token);
    }

    private static String whole(String token) {
        return "{\"token\":\"%s\",\"logprob\":-0.10,\"bytes\":[],\"top_logprobs\":[]}".formatted(token);
    }

    private static InferenceRequest scored() {
        return Wish.in(Trial.request(Message.User.of("Hi")), Wish.topLogprobs(0));
    }

    private static InferenceRequest forced() {
        return new InferenceRequest(
                Trial.MODEL,
                List.of(Message.User.of("Hi")),
                List.of(AgentFixture.tool("get_weather")),
                new ToolChoice.Required(),
                Sampling.DEFAULT,
                Optional.empty());
    }

    private abstract static class SilentProgress implements Inference.Progress {
        @Override
        public void opened() {}

        @Override
        public void flush() {}
    }
}
