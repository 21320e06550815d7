package dev.parley.rest.error;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;

/** Routes for everything that can go wrong. */
@Controller("/bad")
@Requires(property = "test.bad-routes", value = "true")
class BadRoutes {

    @Post("/body")
    @ExecuteOn(TaskExecutors.BLOCKING)
    Map<String, Integer> body(HttpRequest<byte[]> request) {
        return Map.of("length", request.getBody().orElseGet(() -> new byte[0]).length);
    }

    @Get("/number")
    Map<String, Integer> number(@QueryValue int number) {
        return Map.of("number", number);
    }

    @Get("/mistake")
    @ExecuteOn(TaskExecutors.BLOCKING)
    Map<String, Integer> mistake() {
        throw new IllegalStateException("a secret of the inside");
    }

    @Post("/mistake")
    Map<String, Integer> mistakeInPost(HttpRequest<byte[]> request) {
        throw new StackOverflowError("a secret of the inside");
    }
}
