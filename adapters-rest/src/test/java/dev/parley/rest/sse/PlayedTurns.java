package dev.parley.rest.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.rest.error.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Routes that run what a test tells them to. Progress goes out as a JSON string for each piece of text. */
@Controller("/played")
@Requires(property = "test.played-turns", value = "true")
public class PlayedTurns {

    private static final StepId STEP = new StepId("a-step");

    private final Map<String, TurnResponses.Work> plays = new ConcurrentHashMap<>();
    private final TurnResponses responses;

    PlayedTurns(TurnResponses responses) {
        this.responses = responses;
    }

    void play(String name, TurnResponses.Work work) {
        plays.put(name, work);
    }

    private TurnResponses.Work play(String name) {
        return requireNonNull(plays.get(name), name);
    }

    static TurnEvent text(String text) {
        return new TurnEvent.StepProgressed(STEP, StepKind.INFERENCE, new Delta.Text(text));
    }

    @Post("/{name}/stream")
    CompletionStage<HttpResponse<?>> stream(HttpRequest<?> request, String name, @Body String body) {
        return responses.stream(request, new Encoder(), play(name));
    }

    @Post("/{name}/follow")
    CompletionStage<HttpResponse<?>> follow(HttpRequest<?> request, String name, @Body String body) {
        return responses.follow(request, new Encoder(), play(name));
    }

    @Post("/{name}/once")
    CompletionStage<HttpResponse<?>> once(HttpRequest<?> request, String name, @Body String body) {
        return responses.once(
                request, play(name), turn -> Map.of("turn", turn.id().value()));
    }

    @Get("/hello")
    Map<String, String> hello() {
        return Map.of("says", "hello");
    }

    private static final class Encoder implements TurnEncoder {
        @Override
        public void encode(TurnEvent event, FrameBuffer out) {
            if (event instanceof TurnEvent.StepProgressed progress
                    && progress.delta() instanceof Delta.Text(String text)) {
                if (text.equals("unspeakable")) {
                    out.begin();
                    throw new IllegalStateException("this encoder has no words for that");
                }
                out.begin().string(text).end();
            }
            if (event instanceof TurnEvent.TurnRested(var turn)) {
                out.begin()
                        .string("rested: " + turn.state().getClass().getSimpleName())
                        .end();
            }
        }

        @Override
        public void encodeFailure(Problem problem, FrameBuffer out) {
            out.begin()
                    .raw("{\"error\":".getBytes(UTF_8))
                    .string(problem.detail())
                    .raw("}".getBytes(UTF_8))
                    .end();
        }
    }
}
