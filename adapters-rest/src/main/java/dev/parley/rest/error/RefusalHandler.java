package dev.parley.rest.error;

import dev.parley.domain.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers commands that were refused. */
@Singleton
@SuppressWarnings("rawtypes") // as the interface has it
final class RefusalHandler implements ExceptionHandler<Refusal, HttpResponse<?>> {

    @Override
    public HttpResponse<?> handle(HttpRequest request, Refusal refusal) {
        return Problem.of(refusal).answer(request);
    }
}
