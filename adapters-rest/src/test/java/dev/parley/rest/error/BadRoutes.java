package dev.parley.rest.error;

import dev.parley.domain.Refusal;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;

/** Routes for everything that can go wrong, by either interface. */
@Controller
@Requires(property = "test.bad-routes", value = "true")
class BadRoutes {

    @Post(uris = {"/bad/body", "/v1/openai/v1/bad/body"})
    @ExecuteOn(TaskExecutors.BLOCKING)
    Map<String, Integer> body(HttpRequest<byte[]> request) {
        return Map.of("length", request.getBody().orElseGet(() -> new byte[0]).length);
    }

    @Get(uris = {"/bad/number", "/v1/openai/v1/bad/number"})
    Map<String, Integer> number(@QueryValue int number) {
        return Map.of("number", number);
    }

    @Get(uris = {"/bad/mistake", "/v1/openai/v1/bad/mistake"})
    @ExecuteOn(TaskExecutors.BLOCKING)
    Map<String, Integer> mistake() {
        throw new IllegalStateException("a secret of the inside");
    }

    @Get(uris = {"/bad/refusal", "/v1/openai/v1/bad/refusal"})
    @ExecuteOn(TaskExecutors.BLOCKING)
    Map<String, Integer> refusal() {
        throw Refusal.of(Refusal.Code.BUSY, "Wait a little", "conversation")
                .because(Refusal.Reason.CONVERSATION_LOCKED);
    }

    @Post(uris = {"/bad/mistake", "/v1/openai/v1/bad/mistake"})
    Map<String, Integer> mistakeInPost(HttpRequest<byte[]> request) {
        throw new StackOverflowError("a secret of the inside");
    }
}
