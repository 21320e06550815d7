package dev.parley.rest.responses;

import static dev.parley.rest.responses.ResponsePaths.OPENAI;
import static dev.parley.rest.responses.ResponsePaths.RESPONSES;

import dev.parley.rest.error.Problem;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import org.jspecify.annotations.Nullable;

/** Refuses whoever reads where a socket can only be opened: the framework would look for the socket in vain. */
@ServerFilter(
        patterns = {RESPONSES, OPENAI + RESPONSES},
        methods = HttpMethod.GET)
final class SocketsAlone {

    @PreMatching
    @RequestFilter
    @Nullable
    HttpResponse<?> refuse(HttpRequest<?> request) {
        return request.getHeaders().contains(HttpHeaders.UPGRADE)
                ? null
                : Problem.of(
                                HttpStatus.METHOD_NOT_ALLOWED,
                                "Method Not Allowed: %s takes POST, and GET to open a WebSocket"
                                        .formatted(request.getPath()))
                        .answer(request);
    }
}
