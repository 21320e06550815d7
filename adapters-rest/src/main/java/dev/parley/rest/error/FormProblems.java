package dev.parley.rest.error;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.DecoderException;
import jakarta.inject.Singleton;

/** Answers forms that can't be taken apart: parts that are cut off, headers that nobody understands. */
@Singleton
@SuppressWarnings("rawtypes") // as the interface has it
final class FormProblems implements ExceptionHandler<DecoderException, HttpResponse<?>> {

    @Override
    public HttpResponse<?> handle(HttpRequest request, DecoderException malformed) {
        HttpRequest<?> asked = request;
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "The form is malformed; send its parts as multipart/form-data, each with headers that are"
                                + " valid")
                .answer(asked);
    }
}
