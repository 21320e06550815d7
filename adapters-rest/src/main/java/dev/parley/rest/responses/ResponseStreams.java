package dev.parley.rest.responses;

import dev.parley.application.port.TurnSink;
import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.FollowResponse;
import dev.parley.application.response.RecentResponses;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;
import dev.parley.rest.sse.TurnEncoder;
import dev.parley.rest.sse.TurnResponses;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/** Answers with the events of a response. None of the methods block. */
@Singleton
final class ResponseStreams {

    private static final long FROM_THE_START = -1;

    private final CreateResponse createResponse;
    private final FollowResponse followResponse;
    private final TurnResponses responses;
    private final ResponsesProjector projector;

    ResponseStreams(
            CreateResponse createResponse,
            FollowResponse followResponse,
            TurnResponses responses,
            ResponsesProjector projector) {
        this.createResponse = createResponse;
        this.followResponse = followResponse;
        this.responses = responses;
        this.projector = projector;
    }

    /** Begins a response and tells it as it happens. One in the background goes on when its reader leaves. */
    CompletionStage<HttpResponse<?>> create(
            HttpRequest<?> request, CreateResponseRequest asked, CreateResponse.Command command) {
        TurnEncoder encoder = projector.forStream(asked.include(), asked.obfuscation(), FROM_THE_START);
        TurnResponses.Work work = work(asked, command, RecentResponses.none());
        return asked.inBackground()
                ? responses.follow(request, encoder, work)
                : responses.stream(request, encoder, work);
    }

    /** What begins a response and tells it; blocks until it rests. */
    TurnResponses.Work work(CreateResponseRequest asked, CreateResponse.Command command, RecentResponses recent) {
        return (sink, cancellation) -> {
            if (!asked.inBackground()) {
                return createResponse.create(Owner.SOLE, command, recent, sink, cancellation);
            }
            TurnId begun = createResponse
                    .create(Owner.SOLE, command, recent, TurnSink.DISCARDING, cancellation)
                    .id();
            return followResponse.follow(Owner.SOLE, begun, sink, cancellation);
        };
    }

    /**
     * Tells a response that was begun before, from behind an event to its end.
     *
     * @param startingAfter the number of the event; negative for all of them
     */
    CompletionStage<HttpResponse<?>> follow(
            HttpRequest<?> request, TurnId id, Includes include, boolean obfuscation, long startingAfter) {
        TurnEncoder encoder = projector.forStream(include, obfuscation, startingAfter);
        return responses.follow(
                request, encoder, (sink, cancellation) -> followResponse.follow(Owner.SOLE, id, sink, cancellation));
    }
}
