package dev.parley.rest.error;

import dev.parley.rest.trace.TraceId;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.net.SocketException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that met a mistake of this server. The log has all of it, the caller only the name to find it under. */
@Singleton
@SuppressWarnings("rawtypes") // as the interface has it
final class MistakeHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {

    private static final Logger LOG = LoggerFactory.getLogger(MistakeHandler.class);

    @Override
    public HttpResponse<?> handle(HttpRequest request, Throwable mistake) {
        HttpRequest<?> asked = request;
        if (mistake instanceof SocketException || mistake instanceof EOFException) {
            LOG.debug("the client broke its request off", mistake);
            return Problem.of(HttpStatus.BAD_REQUEST, "The request is incomplete")
                    .answer(asked);
        }
        LOG.error(
                "request {}: {} {} met a mistake of this server",
                TraceId.of(asked).value(),
                asked.getMethod(),
                asked.getPath(),
                mistake);
        Problem problem = Problem.internal();
        // what only reads may be repeated: the mistake may be a store that is away for a moment
        boolean reads = asked.getMethod() == HttpMethod.GET;
        return (reads
                        ? new Problem(
                                problem.status(),
                                problem.detail(),
                                Optional.empty(),
                                Problem.Retry.UNSAID,
                                problem.cause())
                        : problem)
                .answer(asked);
    }
}
