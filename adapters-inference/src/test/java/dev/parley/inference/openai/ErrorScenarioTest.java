package dev.parley.inference.openai;

import static dev.parley.domain.turn.Failure.Code.CONTEXT_TOO_LONG;
import static dev.parley.domain.turn.Failure.Code.FILTERED;
import static dev.parley.domain.turn.Failure.Code.MODEL_NOT_FOUND;
import static dev.parley.domain.turn.Failure.Code.PROVIDER_REJECTED;
import static dev.parley.domain.turn.Failure.Code.PROVIDER_TIMEOUT;
import static dev.parley.domain.turn.Failure.Code.PROVIDER_UNAVAILABLE;
import static dev.parley.domain.turn.Failure.Code.QUOTA_EXHAUSTED;
import static dev.parley.domain.turn.Failure.Code.RATE_LIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.turn.Failure;
import dev.parley.inference.testing.ErrorScenario;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every refusal and failure that engines and the proxies before them were seen to send. */
class ErrorScenarioTest {

    /** @param tries how often the request is sent before it is given up */
    private record Expected(Failure.Code code, int tries, List<String> words) {
        Expected(Failure.Code code, int tries, String... words) {
            this(code, tries, List.of(words));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isToldApart(ErrorScenario scenario) {
        Expected expected = expected(scenario);
        try (Trial trial = Trial.of()) {
            trial.upstream.otherwise(scenario.reply());

            Failure failure = trial.failure();

            assertThat(failure.code()).as(failure.message()).isEqualTo(expected.code());
            assertThat(failure.message())
                    .contains("rovider 'local'")
                    .contains(expected.words())
                    .doesNotContain(Trial.KEY.reveal(), "blue", "Exception", "java.", "<html>")
                    .hasSizeLessThan(600);
            assertThat(trial.upstream.requests()).hasSize(expected.tries());
            assertThat(trial.progress.timesOpened()).isZero();
            assertThat(trial.progress.deltas()).isEmpty();
            assertThat(trial.pauses).hasSize(expected.tries() - 1);
        }
    }

    private static Expected expected(ErrorScenario scenario) {
        return switch (scenario) {
            case OPENAI_RATE_LIMIT -> new Expected(RATE_LIMITED, 3, "a-model", "Try again in 1 seconds", "TPM");
            case OPENAI_QUOTA -> new Expected(QUOTA_EXHAUSTED, 1, "quota", "billing");
            case OPENAI_CONTEXT_OVERFLOW -> new Expected(CONTEXT_TOO_LONG, 1, "a-model", "128000", "new session");
            case VLLM_CONTEXT_OVERFLOW -> new Expected(CONTEXT_TOO_LONG, 1, "a-model", "4096");
            case LLAMA_CPP_CONTEXT_OVERFLOW -> new Expected(CONTEXT_TOO_LONG, 1, "a-model", "8192");
            case PROMPT_TOO_LONG -> new Expected(CONTEXT_TOO_LONG, 1, "a-model", "200000");
            case OPENAI_UNKNOWN_MODEL, OLLAMA_UNKNOWN_MODEL, VLLM_UNKNOWN_MODEL ->
                new Expected(MODEL_NOT_FOUND, 1, "The requested model 'a-model' does not exist.");
            case OLLAMA_WRONG_PATH -> new Expected(PROVIDER_UNAVAILABLE, 1, "base-url", "/v1");
            case OPENAI_WRONG_KEY -> new Expected(PROVIDER_UNAVAILABLE, 1, "credentials", "api-key");
            case FORBIDDEN -> new Expected(PROVIDER_UNAVAILABLE, 1, "not allowed to sample");
            // the limit of tokens was not asked for here, so there is nothing to leave out
            case OPENAI_UNSUPPORTED_PARAMETER -> new Expected(PROVIDER_REJECTED, 1, "Unsupported parameter");
            case AZURE_CONTENT_FILTER -> new Expected(FILTERED, 1, "content filter", "in other words");
            case OPENAI_SERVER_ERROR -> new Expected(PROVIDER_UNAVAILABLE, 3, "HTTP 500", "Sorry about that!");
            case LLAMA_CPP_LOADING -> new Expected(PROVIDER_UNAVAILABLE, 3, "HTTP 503", "Loading model");
            case NGINX_BAD_GATEWAY -> new Expected(PROVIDER_UNAVAILABLE, 3, "HTTP 502");
            case EMPTY_GATEWAY_TIMEOUT -> new Expected(PROVIDER_TIMEOUT, 3, "HTTP 504");
            case HTML_WITH_200 -> new Expected(PROVIDER_UNAVAILABLE, 1, "a web page", "base-url");
            case JSON_ERROR_WITH_200 -> new Expected(RATE_LIMITED, 1, "Rate limited upstream");
        };
    }
}
