package dev.parley.rest.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Failure;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of OpenAI are told, and by which paths (responses-api 8). */
class OpenAiErrorTest {

    private static final HttpRequest<?> POST = HttpRequest.POST("/v1/responses", "{}");

    @ParameterizedTest
    @CsvSource({
        "INVALID, 400, invalid_request_error, ",
        "TOO_LARGE, 413, invalid_request_error, ",
        "NOT_FOUND, 404, invalid_request_error, ",
        "CONFLICT, 409, invalid_request_error, ",
        "BUSY, 409, invalid_request_error, ",
        "UNSUPPORTED, 400, invalid_request_error, ",
        "UNAVAILABLE, 503, server_error, server_error"
    })
    void aRefusal(Refusal.Code code, int status, String type, @Nullable String word) {
        assertIs(Problem.of(Refusal.of(code, "What to do", "input")), status, type, "input", word);
    }

    @ParameterizedTest
    @CsvSource({
        "MISSING_PARAMETER, model, missing_required_parameter",
        "INVALID_TYPE, input[0].content, invalid_type",
        "INVALID_VALUE, tool_choice, invalid_value",
        "BELOW_MINIMUM, max_output_tokens, integer_below_min_value",
        "BELOW_MINIMUM, temperature, decimal_below_min_value",
        "ABOVE_MAXIMUM, top_logprobs, integer_above_max_value",
        "ABOVE_MAXIMUM, tools[0].ranking_options.score_threshold, decimal_above_max_value",
        "TEXT_TOO_LONG, metadata, string_above_max_length",
        "LIST_TOO_LONG, items, array_above_max_length",
        "MUTUALLY_EXCLUSIVE, conversation, mutually_exclusive_parameters",
        "UNSUPPORTED_PARAMETER, top_k, unsupported_parameter",
        "UNSUPPORTED_VALUE, model, unsupported_value",
        "PREVIOUS_RESPONSE_NOT_FOUND, previous_response_id, previous_response_not_found",
        "UNREADABLE_SEAL, input[0].encrypted_content, invalid_encrypted_content"
    })
    void aCloserReason(Refusal.Reason reason, String field, String word) {
        Problem problem = Problem.of(Refusal.invalid(field, "What to do").because(reason));

        assertIs(problem, 400, "invalid_request_error", field, word);
    }

    @Test
    void aBusyConversationIsAWrongRequest() {
        Problem problem = Problem.of(Refusal.of(Refusal.Code.BUSY, "What to do", "conversation")
                .because(Refusal.Reason.CONVERSATION_LOCKED));

        assertIs(problem, 400, "invalid_request_error", "conversation", "conversation_locked");
    }

    @ParameterizedTest
    @CsvSource({
        "MODEL_NOT_FOUND, 400, invalid_request_error, model, model_not_found",
        "CONTEXT_TOO_LONG, 400, invalid_request_error, input, context_length_exceeded",
        "FILTERED, 400, invalid_request_error, input, invalid_prompt",
        "PROVIDER_REJECTED, 400, invalid_request_error, , ",
        "RATE_LIMITED, 429, rate_limit_error, , rate_limit_exceeded",
        "QUOTA_EXHAUSTED, 429, insufficient_quota, , insufficient_quota",
        "ANSWER_OFF_SCHEMA, 502, server_error, , server_error",
        "PROVIDER_UNAVAILABLE, 502, server_error, , server_error",
        "PROVIDER_TIMEOUT, 504, server_error, , server_error",
        "SHIELD_FAILED, 502, server_error, , server_error",
        "RETRIEVAL_FAILED, 502, server_error, , server_error",
        "INTERRUPTED, 503, server_error, , server_error",
        "INTERNAL, 500, server_error, , server_error"
    })
    void aFailure(Failure.Code code, int status, String type, @Nullable String param, @Nullable String word) {
        assertIs(Problem.of(Failure.of(code, "What to do")), status, type, param, word);
    }

    @ParameterizedTest
    @EnumSource(Failure.Code.class)
    void aTurnThatWasBegunIsNeverRepeatedByItself(Failure.Code code) {
        HttpResponse<?> answer = Problem.of(Failure.of(code, "What happened")).answer(POST);
        boolean mayPass = answer.code() == 503 || code == Failure.Code.RATE_LIMITED;

        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(answer.header("Retry-After")).isEqualTo(mayPass ? "1" : null);
    }

    @Test
    void theTimeToWaitIsTheProviders() {
        Failure failure = new Failure(Failure.Code.RATE_LIMITED, "Wait", Optional.of(20));

        assertThat(Problem.of(failure).answer(POST).header("Retry-After")).isEqualTo("20");
        assertThat(Problem.notPassed(failure).answer(POST).header("Retry-After"))
                .isEqualTo("20");
    }

    @ParameterizedTest
    @EnumSource(Failure.Code.class)
    void whatWasNotPassedOnMayBeTriedAgainWhereItWasTooMuch(Failure.Code code) {
        HttpResponse<?> answer =
                Problem.notPassed(Failure.of(code, "What happened")).answer(POST);

        assertThat(answer.header("x-should-retry")).isEqualTo(code == Failure.Code.RATE_LIMITED ? null : "false");
    }

    @Test
    void aModelThatIsNotThereIsNotFoundByCompletions() {
        assertIs(
                Problem.notPassed(Failure.of(Failure.Code.MODEL_NOT_FOUND, "What to do")),
                404,
                "invalid_request_error",
                "model",
                "model_not_found");
    }

    @Test
    void whatWasNotBegunMayBeTriedAgain() {
        HttpResponse<?> answer =
                Problem.of(Refusal.of(Refusal.Code.UNAVAILABLE, "Wait")).answer(POST);

        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("x-should-retry")).isNull();
    }

    @Test
    void noKey() {
        assertIs(
                Problem.of(HttpStatus.UNAUTHORIZED, "What to do"),
                401,
                "invalid_request_error",
                null,
                "invalid_api_key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/responses",
                "/v1/responses/resp_1/cancel",
                "/v1/conversations",
                "/v1/chat/completions",
                "/v1/embeddings",
                "/v1/openai/v1",
                "/v1/openai/v1/models"
            })
    void pathsOfOpenAi(String path) {
        assertThat(Problem.of(HttpStatus.NOT_FOUND, "Nothing")
                        .answer(HttpRequest.GET(path))
                        .body())
                .isInstanceOf(OpenAiError.Body.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/agents", "/v1/models", "/v1/responsesx", "/v1/openai", "/v1/chat"})
    void otherPaths(String path) {
        assertThat(Problem.of(HttpStatus.NOT_FOUND, "Nothing")
                        .answer(HttpRequest.GET(path))
                        .body())
                .isInstanceOf(ProblemBody.class);
    }

    private static void assertIs(
            Problem problem, int status, String type, @Nullable String param, @Nullable String code) {
        HttpResponse<?> answer = problem.answer(POST);
        assertThat(answer.code()).isEqualTo(status);
        assertThat(answer.body())
                .isEqualTo(new OpenAiError.Body(new OpenAiError.Body.Error("What to do", type, param, code)));
    }
}
