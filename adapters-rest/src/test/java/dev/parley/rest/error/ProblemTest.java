package dev.parley.rest.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Failure;
import dev.parley.rest.error.Problem.Retry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

    private static final HttpRequest<?> POST = HttpRequest.POST("/v1/agents", "{}");

    @ParameterizedTest
    @CsvSource({
        "INVALID, 400, UNSAID",
        "NOT_FOUND, 404, UNSAID",
        "CONFLICT, 409, NEVER",
        "BUSY, 409, SOON",
        "UNSUPPORTED, 501, NEVER",
        "UNAVAILABLE, 503, SOON"
    })
    void aRefusalSaysWhetherToTryAgain(Refusal.Code code, int status, Retry retry) {
        Problem problem = Problem.of(Refusal.of(code, "What to do"));
        assertThat(problem.status().getCode()).isEqualTo(status);
        assertThat(problem.detail()).isEqualTo("What to do");
        assertThat(problem.retry()).isEqualTo(retry);
    }

    @ParameterizedTest
    @CsvSource({
        "MODEL_NOT_FOUND, 404",
        "CONTEXT_TOO_LONG, 400",
        "PROVIDER_REJECTED, 400",
        "RATE_LIMITED, 429",
        "QUOTA_EXHAUSTED, 429",
        "PROVIDER_UNAVAILABLE, 502",
        "PROVIDER_TIMEOUT, 504",
        "SHIELD_FAILED, 502",
        "RETRIEVAL_FAILED, 502",
        "INTERRUPTED, 503",
        "INTERNAL, 500"
    })
    void aFailureHasTheStatusOfItsCause(Failure.Code code, int status) {
        assertThat(Problem.of(Failure.of(code, "What happened")).status().getCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(Failure.Code.class)
    void aTurnThatWasBegunIsNeverRepeatedByItself(Failure.Code code) {
        HttpResponse<?> answer = Problem.of(Failure.of(code, "What happened")).answer(POST);
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(answer.header("Retry-After")).isNull();
    }

    @Test
    void aBusySessionMayBeAskedAgainSoon() {
        HttpResponse<?> answer =
                Problem.of(Refusal.of(Refusal.Code.BUSY, "Wait")).answer(POST);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("x-should-retry")).isNull();
    }

    @Test
    void theBodyHasEveryShapeThatClientsLookFor() {
        HttpResponse<?> answer = Problem.of(Refusal.invalid("agent_config.model", "model is missing"))
                .answer(POST);
        assertThat(answer.body())
                .isEqualTo(new ProblemBody(
                        "model is missing",
                        new ProblemBody.Error(
                                "model is missing",
                                new ProblemBody.Detail(List.of(new ProblemBody.Place(
                                        List.of("body", "agent_config", "model"),
                                        "model is missing",
                                        "value_error"))))));
    }

    @Test
    void aMistakeNamesNothingOfTheInside() {
        assertThat(Problem.internal().field()).isEqualTo(Optional.empty());
        assertThat(Problem.internal().retry()).isEqualTo(Retry.NEVER);
        assertThat(Problem.internal().detail()).contains("trace id");
    }
}
