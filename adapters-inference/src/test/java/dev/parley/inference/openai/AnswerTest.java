package dev.parley.inference.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Inference;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ToolCallDelta;
import java.time.Duration;
import java.util.Collections;
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

    private abstract static class SilentProgress implements Inference.Progress {
        @Override
        public void opened() {}

        @Override
        public void flush() {}
    }
}
