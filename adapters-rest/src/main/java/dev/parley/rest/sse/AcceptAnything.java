package dev.parley.rest.sse;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;

/**
 * Lets nothing depend on what a client says that it accepts. Clients ask for a stream in the body of their request and
 * accept JSON in its head, or anything, or only what a browser shows; each is to get the answer that there is.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AcceptAnything {

    @PreMatching
    @RequestFilter
    void forget(HttpRequest<?> request) {
        ReaderWatch.serverRequest(request).getNativeRequest().headers().remove(HttpHeaders.ACCEPT);
    }
}
