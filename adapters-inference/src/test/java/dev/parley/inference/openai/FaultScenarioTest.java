package dev.parley.inference.openai;

import static dev.parley.domain.turn.Failure.Code.CONTEXT_TOO_LONG;
import static dev.parley.domain.turn.Failure.Code.PROVIDER_TIMEOUT;
import static dev.parley.domain.turn.Failure.Code.PROVIDER_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.testing.FaultScenario;
import dev.parley.inference.testing.TextScenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that was seen to go wrong after a request was accepted. */
@Timeout(60)
class FaultScenarioTest {

    /**
     * @param told the text that was told before
     * @param tries how often the request is sent before it is given up
     */
    private record Expected(Failure.Code code, String told, int tries, List<String> words) {
        Expected(Failure.Code code, String told, int tries, String... words) {
            this(code, told, tries, List.of(words));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "CLOSED_AFTER_DONE", mode = EnumSource.Mode.EXCLUDE)
    void breaksTheAnswerOff(FaultScenario scenario) {
        Expected expected = expected(scenario);
        try (Trial trial = trial(scenario)) {
            trial.upstream.otherwise(scenario.reply());

            Failure failure = trial.failure();

            assertThat(failure.code()).as(failure.message()).isEqualTo(expected.code());
            assertThat(failure.message())
                    .contains("rovider 'local'")
                    .contains(expected.words())
                    .doesNotContain(Trial.KEY.reveal(), "Exception", "java.");
            assertThat(trial.progress.text()).isEqualTo(expected.told());
            assertThat(trial.upstream.requests()).hasSize(expected.tries());
        }
    }

    /** The connection of an answer that was not read to its end is not used again. */
    @ParameterizedTest
    @EnumSource(names = "EMPTY_STREAM", mode = EnumSource.Mode.EXCLUDE)
    void theNextRequestIsAnsweredOverAnotherConnection(FaultScenario scenario) throws BrokenOff {
        try (Trial trial = trial(scenario)) {
            for (int tries = 0;
                    tries
                            < (scenario == FaultScenario.CLOSED_AFTER_DONE
                                    ? 1
                                    : expected(scenario).tries());
                    tries++) {
                trial.upstream.enqueue(scenario.reply());
            }
            trial.upstream.otherwise(TextScenario.VLLM_TEXT.reply());
            if (scenario == FaultScenario.CLOSED_AFTER_DONE) {
                trial.ask();
            } else {
                trial.broken();
            }
            int before = trial.upstream.requests().getLast().connection();

            assertThat(trial.ask().message().text()).isEqualTo("Hello");
            assertThat(trial.upstream.requests().getLast().connection()).isGreaterThan(before);
        }
    }

    /** Everything was said. */
    @ParameterizedTest
    @EnumSource(names = "CLOSED_AFTER_DONE")
    void isNoMatterAtTheVeryEnd(FaultScenario scenario) throws BrokenOff {
        try (Trial trial = Trial.of(scenario.reply())) {
            assertThat(trial.ask().message().text()).isEqualTo("Hello");
        }
    }

    private static Trial trial(FaultScenario scenario) {
        Duration patience = scenario.name().startsWith("STALLED") ? Duration.ofMillis(250) : Duration.ofSeconds(20);
        return Trial.impatient(patience, patience);
    }

    private static Expected expected(FaultScenario scenario) {
        return switch (scenario) {
            case OPENAI_ERROR_AFTER_TEXT -> new Expected(PROVIDER_UNAVAILABLE, "Hel", 1, "Sorry about that!");
            case VLLM_ERROR_AFTER_TEXT -> new Expected(PROVIDER_UNAVAILABLE, "Hel", 1, "EngineCore");
            case OPENROUTER_ERROR_AFTER_TEXT -> new Expected(PROVIDER_UNAVAILABLE, "Hel", 1, "Provider returned error");
            case LLAMA_CPP_ERROR_AFTER_TEXT -> new Expected(PROVIDER_UNAVAILABLE, "Hel", 1, "Failed to parse input");
            case ERROR_FIRST -> new Expected(CONTEXT_TOO_LONG, "", 1, "4096");
            case FINISH_ABORT -> new Expected(PROVIDER_UNAVAILABLE, "Hel", 1, "'abort'");
            case FINISH_ERROR -> new Expected(PROVIDER_UNAVAILABLE, "Hel", 1, "'error'");
            case EMPTY_STREAM, ONLY_DONE, CLOSED_AFTER_HEAD ->
                new Expected(
                        PROVIDER_UNAVAILABLE,
                        "",
                        1,
                        scenario == FaultScenario.CLOSED_AFTER_HEAD ? "broke" : "without an answer");
            case NOT_JSON, NOT_AN_OBJECT -> new Expected(PROVIDER_UNAVAILABLE, "Hel", 1, "no chunk");
            case CLOSED_BEFORE_HEAD, RESET_BEFORE_HEAD ->
                new Expected(PROVIDER_UNAVAILABLE, "", 3, "without an answer");
            case CLOSED_AFTER_OPENING, CLOSED_IN_CALL -> new Expected(PROVIDER_UNAVAILABLE, "", 1, "broke");
            case CLOSED_IN_TEXT, RESET_IN_TEXT, CLOSED_INSIDE_EVENT ->
                new Expected(PROVIDER_UNAVAILABLE, "Hel", 1, "broke");
            case CLOSED_IN_ERROR_BODY -> new Expected(PROVIDER_UNAVAILABLE, "", 3, "HTTP 500");
            case STALLED_BEFORE_HEAD, STALLED_AFTER_HEAD, STALLED_AFTER_OPENING ->
                new Expected(PROVIDER_TIMEOUT, "", 1, "did not begin to answer within 250 ms");
            case STALLED_IN_TEXT, STALLED_INSIDE_EVENT ->
                new Expected(PROVIDER_TIMEOUT, "Hel", 1, "fell silent for 250 ms");
            case CLOSED_AFTER_DONE -> throw new AssertionError("no fault");
        };
    }
}
