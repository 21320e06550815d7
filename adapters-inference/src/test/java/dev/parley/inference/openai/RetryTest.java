package dev.parley.inference.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.provider.Profile;
import dev.parley.inference.testing.ErrorScenario;
import dev.parley.inference.testing.FaultScenario;
import dev.parley.inference.testing.FramingScenario;
import dev.parley.inference.testing.RecordedRequest;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.TextScenario;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests are sent again while nothing was told of an answer, and where that may help. */
@Timeout(30)
class RetryTest {

    private static final Reply HELLO = TextScenario.VLLM_TEXT.reply();
    private static final Reply OVERLOADED = ErrorScenario.LLAMA_CPP_LOADING.reply();

    @Test
    void aFailureThatPassesIsNotNoticed() throws BrokenOff {
        try (Trial trial = Trial.of(OVERLOADED, FaultScenario.RESET_BEFORE_HEAD.reply(), HELLO)) {
            assertThat(trial.ask().message().text()).isEqualTo("Hello");
            assertThat(trial.progress.timesOpened()).isOne();
            assertThat(trial.upstream.requests()).hasSize(3);
        }
    }

    @Test
    void eachPauseIsTwiceAsLongLessSomethingByChance() {
        try (Trial trial = Trial.of(OVERLOADED, OVERLOADED, OVERLOADED)) {
            trial.broken();

            assertThat(trial.pauses).hasSize(2);
            assertThat(trial.pauses.getFirst()).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
            assertThat(trial.pauses.getLast()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after    | 7                             | PT7S",
                "retry-after    | 2.5                           | PT2.5S",
                "retry-after    | Mon, 10 Mar 2025 02:15:20 GMT | PT20S",
                "retry-after-ms | 1500                          | PT1.5S"
            })
    void theProviderSaysHowLong(String header, String value, Duration pause) throws BrokenOff {
        try (Trial trial = Trial.of(
                Reply.json(429, "{\"error\":{\"message\":\"slow down\"}}").withHeader(header, value), HELLO)) {
            trial.ask();

            assertThat(trial.pauses).containsExactly(pause);
        }
    }

    @ParameterizedTest
    @CsvSource({"soon", "-5", "Mon, 10 Mar 2025 02:15:20 MOON"})
    void aTimeThatMakesNoSenseIsNone(String value) throws BrokenOff {
        try (Trial trial = Trial.of(OVERLOADED.withHeader("retry-after", value), HELLO)) {
            trial.ask();

            assertThat(trial.pauses.getFirst()).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        }
    }

    @Test
    void aClientIsNotKeptForLong() {
        try (Trial trial = Trial.of(ErrorScenario.OPENAI_RATE_LIMIT.reply().withHeader("Retry-After", "3600"))) {
            Failure failure = trial.failure();

            assertThat(failure.code()).isEqualTo(Failure.Code.RATE_LIMITED);
            assertThat(failure.message()).contains("Try again in 3600 seconds");
            assertThat(failure.secondsToWait()).contains(3600);
            assertThat(trial.pauses).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"retry-after-ms, 61200, 62", "retry-after, 90, 90"})
    void whoeverIsToldToWaitDoesNotComeTooEarly(String header, String value, int seconds) {
        Reply refusal = Reply.json(429, "{\"error\":\"busy\"}").withHeader(header, value);
        try (Trial trial = Trial.of(refusal)) {
            assertThat(trial.failure().secondsToWait()).contains(seconds);
        }
    }

    @Test
    void nothingIsSentAgainOnceTheAnswerHasBegun() {
        try (Trial trial = Trial.of(FaultScenario.CLOSED_AFTER_HEAD.reply(), HELLO)) {
            assertThat(trial.failure().code()).isEqualTo(Failure.Code.PROVIDER_UNAVAILABLE);
            assertThat(trial.progress.timesOpened()).isOne();
            assertThat(trial.upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aConnectionThatWasClosedMeanwhileIsReplacedAtOnce() throws BrokenOff {
        try (Trial trial = Trial.of(HELLO, FaultScenario.CLOSED_BEFORE_HEAD.reply(), HELLO)) {
            trial.ask();

            assertThat(trial.ask().message().text()).isEqualTo("Hello");
            assertThat(trial.pauses).isEmpty();
            assertThat(trial.upstream.requests())
                    .extracting(RecordedRequest::connection)
                    .containsExactly(1, 1, 2);
        }
    }

    @Test
    void connectionsAreUsedAgain() throws BrokenOff {
        try (Trial trial =
                Trial.of(HELLO, FramingScenario.DONE_MISSING.reply(), FramingScenario.MORE_AFTER_DONE.reply(), HELLO)) {
            for (int answers = 0; answers < 4; answers++) {
                trial.ask();
            }

            assertThat(trial.upstream.connectionsOpened()).isOne();
        }
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() throws Exception {
        URI nobody;
        try (Trial other = Trial.of()) {
            nobody = other.upstream.baseUri();
        }
        try (Trial trial = Trial.elsewhere(nobody, Duration.ofSeconds(5))) {
            Failure failure = trial.failure();

            assertThat(failure.code()).isEqualTo(Failure.Code.PROVIDER_UNAVAILABLE);
            assertThat(failure.message())
                    .isEqualTo("Provider 'local' can't be reached; check that it runs and that its"
                            + " base-url is right");
            assertThat(trial.pauses).hasSize(2);
        }
    }

    @Test
    void aFieldThatTheProviderDoesNotTakeIsLeftOutFromThenOn() throws BrokenOff {
        Reply refusal = Reply.json(400, """
            {"error":{"message":"Unsupported value: 'temperature' does not support 0 with this model. Only the \
            default (1) value is supported.","type":"invalid_request_error","param":"temperature",\
            "code":"unsupported_value"}}\
            """);
        try (Trial trial = Trial.of(Profile.OPENAI, refusal, HELLO, HELLO)) {
            trial.ask();
            trial.ask();

            assertThat(bodies(trial).getFirst()).contains("\"temperature\":0");
            assertThat(bodies(trial).subList(1, 3))
                    .allSatisfy(body ->
                            assertThat(body).doesNotContain("temperature").contains("stream_options"));
            assertThat(trial.pauses).isEmpty();
        }
    }

    @Test
    void fieldsAreLeftOutOneAfterTheOther() throws BrokenOff {
        Reply noOptions = Reply.json(422, """
            {"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}\
            """);
        Reply noTopP = Reply.json(400, "{\"object\":\"error\",\"message\":\"Unrecognized request argument: top_p\"}");
        try (Trial trial = Trial.of(noOptions, noTopP, HELLO)) {
            trial.ask(sampled(new Sampling(new Sampling.Strategy.TopP(0.5, 0.9), 0, 1.0, Optional.empty())));

            assertThat(bodies(trial).getLast())
                    .contains("\"temperature\":0.5")
                    .doesNotContain("stream_options", "top_p");
        }
    }

    @Test
    void aLevelThatTheModelDoesNotKnowIsLeftOutAndTheOthersAreNot() throws BrokenOff {
        Reply refusal = Reply.json(400, """
            {"error":{"message":"Unsupported value: 'reasoning_effort' does not support 'minimal' with this model.",\
            "type":"invalid_request_error","param":"reasoning_effort","code":"unsupported_value"}}\
            """);
        try (Trial trial = Trial.of(Profile.OPENAI, refusal, HELLO, HELLO, HELLO)) {
            InferenceRequest plain = Trial.request(Message.User.of("Hi"));
            trial.ask(Wish.in(plain, Wish.effort("minimal")));
            trial.ask(Wish.in(plain, Wish.effort("minimal")));
            trial.ask(Wish.in(plain, Wish.effort("low")));

            assertThat(bodies(trial).getFirst()).contains("\"minimal\"");
            assertThat(bodies(trial).subList(1, 3))
                    .allSatisfy(body -> assertThat(body).doesNotContain("reasoning_effort"));
            assertThat(bodies(trial).getLast()).contains("\"reasoning_effort\":\"low\"");
        }
    }

    @Test
    void aLevelThatIsCalledInvalidIsLeftOut() throws BrokenOff {
        Reply refusal = Reply.json(400, """
            {"error":{"message":"1 validation error for ChatCompletionRequest\\nreasoning_effort\\n  Input should be \
            'low', 'medium' or 'high'","type":"BadRequestError","param":null,"code":400}}\
            """);
        try (Trial trial = Trial.of(Profile.OLLAMA, refusal, HELLO)) {
            trial.ask(Wish.in(Trial.request(Message.User.of("Hi")), Wish.effort("none")));

            assertThat(bodies(trial).getLast()).doesNotContain("reasoning_effort");
        }
    }

    @Test
    void theLimitOfTokensGoesByItsOtherName() throws BrokenOff {
        try (Trial trial = Trial.of(ErrorScenario.OPENAI_UNSUPPORTED_PARAMETER.reply(), HELLO)) {
            trial.ask(sampled(new Sampling(new Sampling.Strategy.Greedy(), 77, 1.0, Optional.empty())));

            assertThat(bodies(trial).getFirst()).contains("\"max_tokens\":77");
            assertThat(bodies(trial).getLast())
                    .contains("\"max_completion_tokens\":77")
                    .doesNotContain("max_tokens\"");
        }
    }

    @Test
    void whatAClientMayNotMissIsNotLeftOut() {
        Reply noTools = Reply.json(400, "{\"error\":{\"message\":\"This model does not support tools\"}}");
        try (Trial trial = Trial.of(noTools)) {
            Failure failure = trial.failure();

            assertThat(failure.code()).isEqualTo(Failure.Code.PROVIDER_REJECTED);
            assertThat(failure.message()).contains("does not support tools");
        }
    }

    private static InferenceRequest sampled(Sampling sampling) {
        var plain = Trial.request(Message.User.of("Hi"));
        return new InferenceRequest(
                plain.model(), plain.messages(), plain.tools(), plain.toolChoice(), sampling, plain.responseFormat());
    }

    private static List<String> bodies(Trial trial) {
        return trial.upstream.requests().stream().map(RecordedRequest::body).toList();
    }
}
