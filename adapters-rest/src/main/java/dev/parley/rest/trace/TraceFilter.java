package dev.parley.rest.trace;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Puts the trace id on every answer. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class TraceFilter {

    @ResponseFilter
    void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.getHeaders().set(TraceId.HEADER, TraceId.of(request).value());
    }
}
