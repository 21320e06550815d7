package dev.parley.rest.error;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnState;
import dev.parley.rest.dialect.Dialect;
import dev.parley.rest.trace.TraceId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why a request gets no answer, as a caller hears it in the words of the interface that it was made by.
 *
 * @param status as clients of the Agents API are told; the others are told the one of {@link OpenAiError}
 * @param detail what happened and what to do about it, without internals
 * @param field the request's field that is to blame, as a dotted path; empty when no single one is
 */
public record Problem(HttpStatus status, String detail, Optional<String> field, Retry retry, Cause cause) {

    private static final String SHOULD_RETRY = "x-should-retry";
    private static final String SOON_IN_SECONDS = "1";

    /** After these, clients of OpenAI look for a time to wait. */
    private static final Set<HttpStatus> MAY_PASS =
            Set.of(HttpStatus.TOO_MANY_REQUESTS, HttpStatus.SERVICE_UNAVAILABLE);

    /** What a client that repeats requests by itself is told. */
    public enum Retry {
        /** Nothing: the status says enough, because no client repeats it. */
        UNSAID,
        /** Repeating would run a turn twice or can't help. */
        NEVER,
        /** Nothing was begun, and the same request may succeed in a moment. */
        SOON
    }

    /** Where the problem comes from. */
    public sealed interface Cause {

        record Refused(Refusal.Code code, Optional<Refusal.Reason> reason) implements Cause {
            public Refused {
                requireNonNull(code, "code");
                requireNonNull(reason, "reason");
            }
        }

        /** The turn that was asked for broke. */
        record Broke(Failure failure) implements Cause {
            public Broke {
                requireNonNull(failure, "failure");
            }
        }

        /** What was to be handed on to a provider was not. */
        record NotPassed(Failure failure) implements Cause {
            public NotPassed {
                requireNonNull(failure, "failure");
            }
        }

        /** The turn that was asked for was called off. */
        record Cancelled() implements Cause {}

        /** The connection that it was asked for on has been open for as long as it may. */
        record TimeLimit() implements Cause {}

        /** The server itself would not, or could not; the status says it all. */
        record Server() implements Cause {}
    }

    public Problem {
        requireNonNull(status, "status");
        requireNonNull(detail, "detail");
        requireNonNull(field, "field");
        requireNonNull(retry, "retry");
        requireNonNull(cause, "cause");
    }

    public static Problem of(HttpStatus status, String detail) {
        return new Problem(status, detail, Optional.empty(), Retry.UNSAID, new Cause.Server());
    }

    /** A request that contradicts the contract in one place. */
    public static Problem invalid(String field, String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, detail, Optional.of(field), Retry.UNSAID, new Cause.Server());
    }

    /** What can't be begun any more on a connection that has reached its time limit. */
    public static Problem timeLimit() {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "This connection has reached its time limit. Open a new one to go on.",
                Optional.empty(),
                Retry.UNSAID,
                new Cause.TimeLimit());
    }

    /** A mistake of this server; it may have begun what was asked. */
    public static Problem internal() {
        return new Problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "The server made a mistake; its log has the details under the trace id of this answer",
                Optional.empty(),
                Retry.NEVER,
                new Cause.Server());
    }

    public static Problem of(Refusal refusal) {
        return switch (refusal.code()) {
            case INVALID -> of(refusal, HttpStatus.BAD_REQUEST, Retry.UNSAID);
            case TOO_LARGE -> of(refusal, HttpStatus.REQUEST_ENTITY_TOO_LARGE, Retry.NEVER);
            case NOT_FOUND -> of(refusal, HttpStatus.NOT_FOUND, Retry.UNSAID);
            case CONFLICT -> of(refusal, HttpStatus.CONFLICT, Retry.NEVER);
            case BUSY -> of(refusal, HttpStatus.CONFLICT, Retry.SOON);
            case UNSUPPORTED -> of(refusal, HttpStatus.NOT_IMPLEMENTED, Retry.NEVER);
            case UNAVAILABLE -> of(refusal, HttpStatus.SERVICE_UNAVAILABLE, Retry.SOON);
        };
    }

    /** What became of a turn that was begun: repeating the request would run another one, so no client may do it by itself. */
    public static Problem of(Failure failure) {
        return of(failure, Retry.NEVER, new Cause.Broke(failure));
    }

    /** Why a request was not handed on to a provider: nothing has come of it. */
    public static Problem notPassed(Failure failure) {
        return of(
                failure,
                failure.code() == Failure.Code.RATE_LIMITED ? Retry.SOON : Retry.NEVER,
                new Cause.NotPassed(failure));
    }

    private static Problem of(Failure failure, Retry retry, Cause cause) {
        HttpStatus status = switch (failure.code()) {
            case MODEL_NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONTEXT_TOO_LONG, PROVIDER_REJECTED, FILTERED -> HttpStatus.BAD_REQUEST;
            case RATE_LIMITED, QUOTA_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
            case PROVIDER_UNAVAILABLE, ANSWER_OFF_SCHEMA, SHIELD_FAILED, TOOLS_UNAVAILABLE, RETRIEVAL_FAILED ->
                HttpStatus.BAD_GATEWAY;
            case PROVIDER_TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
            case INTERRUPTED -> HttpStatus.SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
        return new Problem(status, failure.message(), Optional.empty(), retry, cause);
    }

    /** What is wrong with a turn that came to nothing; empty when it runs, waits or has its answer. */
    public static Optional<Problem> of(Turn turn) {
        return switch (turn.state()) {
            case TurnState.Failed(Failure failure) ->
                Optional.of(
                        of(failure, leavesNothing(turn, failure) ? Retry.SOON : Retry.NEVER, new Cause.Broke(failure)));
            case TurnState.Cancelled _ ->
                Optional.of(new Problem(
                        HttpStatus.CONFLICT,
                        "Turn %s was cancelled because its client left; its steps are kept, start a new turn"
                                .formatted(turn.id()),
                        Optional.empty(),
                        Retry.NEVER,
                        new Cause.Cancelled()));
            case TurnState.Queued _, TurnState.Running _, TurnState.AwaitingInput _, TurnState.Completed _ ->
                Optional.empty();
        };
    }

    /** Whether the same request in a while does what this one was to do, and no more: no tool ran, and no conversation has kept its input. */
    private static boolean leavesNothing(Turn turn, Failure failure) {
        return failure.code() == Failure.Code.RATE_LIMITED
                && turn.steps().stream().noneMatch(Step.ToolExecution.class::isInstance)
                && !(turn.origin() instanceof Origin.InConversation);
    }

    private static Problem of(Refusal refusal, HttpStatus status, Retry retry) {
        return new Problem(
                status,
                refusal.explanation(),
                refusal.field(),
                retry,
                new Cause.Refused(refusal.code(), refusal.reason()));
    }

    /** The answer to the request that has this problem. */
    public MutableHttpResponse<?> answer(HttpRequest<?> request) {
        return fill(HttpResponse.status(status), request);
    }

    /** Makes an answer out of one that has a status and maybe headers already. */
    MutableHttpResponse<AnyProblemBody> fill(MutableHttpResponse<?> response, HttpRequest<?> request) {
        response.getHeaders().set(TraceId.HEADER, TraceId.of(request).value());
        switch (retry) {
            case UNSAID -> {}
            case NEVER -> response.header(SHOULD_RETRY, "false");
            case SOON -> response.header(HttpHeaders.RETRY_AFTER, secondsToWait());
        }
        return switch (Dialect.of(request)) {
            case AGENTS ->
                response.status(status)
                        .contentType(MediaType.APPLICATION_JSON_TYPE)
                        .body(body(request));
            case OPENAI -> {
                OpenAiError error = OpenAiError.of(this);
                if (MAY_PASS.contains(error.status()) && error.type() != OpenAiError.Type.QUOTA) {
                    response.getHeaders().set(HttpHeaders.RETRY_AFTER, secondsToWait());
                }
                yield response.status(error.status())
                        .contentType(MediaType.APPLICATION_JSON_TYPE)
                        .body(error.body());
            }
        };
    }

    private String secondsToWait() {
        Optional<Integer> asked = switch (cause) {
            case Cause.Broke(Failure failure) -> failure.secondsToWait();
            case Cause.NotPassed(Failure failure) -> failure.secondsToWait();
            case Cause.Refused _, Cause.Cancelled _, Cause.TimeLimit _, Cause.Server _ -> Optional.empty();
        };
        return asked.map(String::valueOf).orElse(SOON_IN_SECONDS);
    }

    private ProblemBody body(HttpRequest<?> request) {
        List<ProblemBody.Place> places =
                field.map(path -> new ProblemBody.Place(location(request, path), detail, "value_error")).stream()
                        .toList();
        return new ProblemBody(detail, new ProblemBody.Error(detail, new ProblemBody.Detail(places)));
    }

    private static List<String> location(HttpRequest<?> request, String path) {
        String part = HttpMethod.permitsRequestBody(request.getMethod()) ? "body" : "query";
        return Stream.concat(Stream.of(part), Stream.of(path.split("\\."))).toList();
    }
}
