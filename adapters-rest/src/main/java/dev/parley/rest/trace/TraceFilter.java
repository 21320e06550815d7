package dev.parley.rest.trace;

import dev.parley.rest.dialect.Dialect;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Puts the trace id on every answer, and under the name that clients of OpenAI look for on those to them. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class TraceFilter {

    private static final String REQUEST_ID = "x-request-id";

    @ResponseFilter
    void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
        String id = TraceId.of(request).value();
        response.getHeaders().set(TraceId.HEADER, id);
        if (Dialect.of(request) == Dialect.OPENAI) {
            response.getHeaders().set(REQUEST_ID, id);
        }
    }
}
