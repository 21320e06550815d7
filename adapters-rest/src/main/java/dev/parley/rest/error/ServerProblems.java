package dev.parley.rest.error;

import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Words for what the HTTP server refuses before a request reaches anything of ours. Its own words name classes and blame
 * the wrong things, so none of them get through.
 */
@Singleton
final class ServerProblems implements ErrorResponseProcessor<AnyProblemBody> {

    /** What takes forms, and not JSON. */
    private static final Set<String> FORMS = Set.of("/v1/files", "/v1/openai/v1/files");

    private final long maxBodySize;

    ServerProblems(HttpServerConfiguration server) {
        this.maxBodySize = Math.min(server.getMaxRequestSize(), server.getMaxRequestBufferSize());
    }

    @Override
    public MutableHttpResponse<AnyProblemBody> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpRequest<?> request = context.getRequest();
        return problem(request, response, context.getRootCause().orElse(null)).fill(response, request);
    }

    private Problem problem(HttpRequest<?> request, MutableHttpResponse<?> response, @Nullable Throwable cause) {
        HttpStatus status = response.status();
        return switch (status) {
            case BAD_REQUEST -> malformed(request, cause);
            case NOT_FOUND ->
                Problem.of(
                        status,
                        "Not Found: there is nothing at %s; see /v1/inspect/routes".formatted(request.getPath()));
            case METHOD_NOT_ALLOWED ->
                Problem.of(status, "Method Not Allowed: %s takes %s".formatted(request.getPath(), allowed(response)));
            case UNSUPPORTED_MEDIA_TYPE ->
                Problem.of(
                        status,
                        FORMS.contains(request.getPath())
                                ? "The body must be a form: send the header Content-Type: multipart/form-data with its"
                                        + " boundary"
                                : "The body must be JSON: send the header Content-Type: application/json");
            case REQUEST_ENTITY_TOO_LARGE ->
                Problem.of(
                        status,
                        "The request is too large: a body may have %d bytes, a header and the address a few thousand"
                                .formatted(maxBodySize));
            default -> status.getCode() < 500 ? Problem.of(status, status.getReason()) : Problem.internal();
        };
    }

    private static Problem malformed(HttpRequest<?> request, @Nullable Throwable cause) {
        return switch (cause) {
            case UnsatisfiedRouteException missing -> {
                String name = missing.getArgument().getName();
                yield Problem.invalid(name, name + " is missing");
            }
            case ConversionErrorException _
            when FORMS.contains(request.getPath()) ->
                Problem.invalid("file", "The part 'file' must be a file: send it with a filename");
            case ConversionErrorException wrong -> {
                String name = wrong.getArgument().getName();
                yield Problem.invalid(name, name + " has a value of the wrong type");
            }
            case null, default -> Problem.of(HttpStatus.BAD_REQUEST, "The request is malformed");
        };
    }

    private static String allowed(MutableHttpResponse<?> response) {
        List<String> methods = response.getHeaders().getAll(HttpHeaders.ALLOW);
        return methods.isEmpty() ? "other methods" : String.join(", ", methods);
    }
}
