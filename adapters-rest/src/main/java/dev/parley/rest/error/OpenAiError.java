package dev.parley.rest.error;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Failure;
import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A problem in the words of OpenAI (responses-api 8).
 *
 * @param status which may be another than clients of the Agents API are told
 * @param code empty where OpenAI has none for it
 */
public record OpenAiError(HttpStatus status, String message, Type type, Optional<String> param, Optional<String> code) {

    private static final String INPUT = "input";
    private static final String SERVER_ERROR = "server_error";
    private static final String RATE_LIMIT_EXCEEDED = "rate_limit_exceeded";
    private static final String INSUFFICIENT_QUOTA = "insufficient_quota";
    private static final String NO_SUCH_MODEL = "model_not_found";

    /** The parameters whose limits are not whole numbers. */
    private static final Set<String> DECIMALS = Set.of(
            "temperature",
            "top_p",
            "presence_penalty",
            "frequency_penalty",
            "score_threshold",
            "embedding_weight",
            "text_weight");

    /** Whose fault it is. */
    public enum Type {
        INVALID_REQUEST("invalid_request_error"),
        RATE_LIMIT("rate_limit_error"),
        QUOTA("insufficient_quota"),
        SERVER(SERVER_ERROR);

        private final String word;

        Type(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public OpenAiError {
        requireNonNull(status, "status");
        requireNonNull(message, "message");
        requireNonNull(type, "type");
        requireNonNull(param, "param");
        requireNonNull(code, "code");
    }

    /** All four members are always there. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Body(Error error) implements AnyProblemBody {

        @Serdeable
        @JsonInclude(JsonInclude.Include.ALWAYS)
        record Error(
                String message,
                String type,
                @Nullable String param,
                @Nullable String code) {}
    }

    Body body() {
        return new Body(new Body.Error(message, type.word(), param.orElse(null), code.orElse(null)));
    }

    public static OpenAiError of(Problem problem) {
        return switch (problem.cause()) {
            case Problem.Cause.Refused(Refusal.Code code, Optional<Refusal.Reason> reason) ->
                refused(problem, code, reason);
            case Problem.Cause.Broke(Failure failure) -> broke(problem, failure.code(), HttpStatus.BAD_REQUEST);
            case Problem.Cause.NotPassed(Failure failure) -> broke(problem, failure.code(), HttpStatus.NOT_FOUND);
            case Problem.Cause.TimeLimit _ ->
                new OpenAiError(
                        problem.status(),
                        problem.detail(),
                        Type.INVALID_REQUEST,
                        problem.field(),
                        Optional.of("websocket_connection_limit_reached"));
            case Problem.Cause.Cancelled _, Problem.Cause.Server _ -> byStatus(problem, problem.status());
        };
    }

    /** What a failed response says of why, from a list that clients know (responses-api 2). */
    public static String responseCode(Failure.Code code) {
        return switch (code) {
            case MODEL_NOT_FOUND, PROVIDER_REJECTED, FILTERED -> "invalid_prompt";
            case CONTEXT_TOO_LONG -> "context_length_exceeded";
            case RATE_LIMITED -> RATE_LIMIT_EXCEEDED;
            case QUOTA_EXHAUSTED -> INSUFFICIENT_QUOTA;
            case ANSWER_OFF_SCHEMA,
                    PROVIDER_UNAVAILABLE,
                    PROVIDER_TIMEOUT,
                    SHIELD_FAILED,
                    TOOLS_UNAVAILABLE,
                    RETRIEVAL_FAILED,
                    INTERRUPTED,
                    INTERNAL -> SERVER_ERROR;
        };
    }

    private static OpenAiError refused(Problem problem, Refusal.Code code, Optional<Refusal.Reason> reason) {
        // a busy conversation is called a wrong request; one that nobody has a name for keeps its status
        HttpStatus status = switch (code) {
            case UNSUPPORTED -> HttpStatus.BAD_REQUEST;
            case BUSY -> reason.isPresent() ? HttpStatus.BAD_REQUEST : problem.status();
            case INVALID, TOO_LARGE, NOT_FOUND, CONFLICT, UNAVAILABLE -> problem.status();
        };
        return reason.map(closer -> new OpenAiError(
                        status,
                        problem.detail(),
                        Type.INVALID_REQUEST,
                        problem.field(),
                        Optional.of(code(closer, problem.field()))))
                .orElseGet(() -> byStatus(problem, status));
    }

    private static String code(Refusal.Reason reason, Optional<String> field) {
        return switch (reason) {
            case MISSING_PARAMETER -> "missing_required_parameter";
            case INVALID_TYPE -> "invalid_type";
            case INVALID_VALUE -> "invalid_value";
            case BELOW_MINIMUM -> number(field) + "_below_min_value";
            case ABOVE_MAXIMUM -> number(field) + "_above_max_value";
            case TEXT_TOO_LONG -> "string_above_max_length";
            case LIST_TOO_LONG -> "array_above_max_length";
            case MUTUALLY_EXCLUSIVE -> "mutually_exclusive_parameters";
            case UNSUPPORTED_PARAMETER -> "unsupported_parameter";
            case UNSUPPORTED_VALUE -> "unsupported_value";
            case MODEL_NOT_FOUND -> NO_SUCH_MODEL;
            case PREVIOUS_RESPONSE_NOT_FOUND -> "previous_response_not_found";
            case CONVERSATION_LOCKED -> "conversation_locked";
            case UNREADABLE_SEAL -> "invalid_encrypted_content";
            case INVALID_BASE64_IMAGE -> "invalid_base64_image";
        };
    }

    private static String number(Optional<String> field) {
        return field.map(path -> path.substring(path.lastIndexOf('.') + 1))
                        .filter(DECIMALS::contains)
                        .isPresent()
                ? "decimal"
                : "integer";
    }

    /** @param withoutModel the status where there is no such model, which is one for responses and another for completions */
    private static OpenAiError broke(Problem problem, Failure.Code code, HttpStatus withoutModel) {
        return switch (code) {
            case MODEL_NOT_FOUND -> wrong(problem, withoutModel, "model", NO_SUCH_MODEL);
            case CONTEXT_TOO_LONG -> wrong(problem, HttpStatus.BAD_REQUEST, INPUT, "context_length_exceeded");
            case FILTERED -> wrong(problem, HttpStatus.BAD_REQUEST, INPUT, "invalid_prompt");
            case QUOTA_EXHAUSTED ->
                new OpenAiError(
                        problem.status(),
                        problem.detail(),
                        Type.QUOTA,
                        problem.field(),
                        Optional.of(INSUFFICIENT_QUOTA));
            case PROVIDER_REJECTED -> byStatus(problem, HttpStatus.BAD_REQUEST);
            case RATE_LIMITED,
                    ANSWER_OFF_SCHEMA,
                    PROVIDER_UNAVAILABLE,
                    PROVIDER_TIMEOUT,
                    SHIELD_FAILED,
                    TOOLS_UNAVAILABLE,
                    RETRIEVAL_FAILED,
                    INTERRUPTED,
                    INTERNAL -> byStatus(problem, problem.status());
        };
    }

    private static OpenAiError wrong(Problem problem, HttpStatus status, String param, String code) {
        return new OpenAiError(status, problem.detail(), Type.INVALID_REQUEST, Optional.of(param), Optional.of(code));
    }

    private static OpenAiError byStatus(Problem problem, HttpStatus status) {
        Type type = status == HttpStatus.TOO_MANY_REQUESTS
                ? Type.RATE_LIMIT
                : status.getCode() < HttpStatus.INTERNAL_SERVER_ERROR.getCode() ? Type.INVALID_REQUEST : Type.SERVER;
        Optional<String> code = switch (type) {
            case INVALID_REQUEST ->
                status == HttpStatus.UNAUTHORIZED ? Optional.of("invalid_api_key") : Optional.empty();
            case RATE_LIMIT -> Optional.of(RATE_LIMIT_EXCEEDED);
            case QUOTA -> Optional.of(INSUFFICIENT_QUOTA);
            case SERVER -> Optional.of(SERVER_ERROR);
        };
        return new OpenAiError(status, problem.detail(), type, problem.field(), code);
    }
}
