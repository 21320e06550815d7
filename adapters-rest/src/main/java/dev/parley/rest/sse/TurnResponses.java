package dev.parley.rest.sse;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.TurnSink;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Turn;
import dev.parley.rest.error.Problem;
import dev.parley.rest.trace.TraceId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Answers requests that run a turn. The turn runs on a virtual thread of its own, and is called off when the reader leaves,
 * whether the answer has begun or not. None of the methods block.
 */
@Singleton
public final class TurnResponses {

    private static final Logger LOG = LoggerFactory.getLogger(TurnResponses.class);

    private final StreamSettings settings;

    TurnResponses(StreamSettings settings) {
        this.settings = settings;
    }

    /** What runs the turn; blocks until it rests. */
    @FunctionalInterface
    public interface Work {
        /** @throws Refusal when the command is refused; the answer then tells it */
        Turn run(TurnSink sink, Cancellation cancellation);
    }

    /**
     * Answers with the turn's events as they happen. The head of the answer is sent with the first of them: a turn that is refused, or
     * fails before there was anything to tell, is answered with the status of its problem instead of a stream.
     *
     * @param encoder writes this stream and no other
     */
    public CompletionStage<HttpResponse<?>> stream(HttpRequest<?> request, TurnEncoder encoder, Work work) {
        return stream(request, encoder, work, false);
    }

    /**
     * Answers with the events of a turn that is not the request's own, as they happened or happen. That such a turn failed, or was
     * called off, is what the request asked to be told: it is an event, and never the answer's status.
     *
     * @param encoder writes this stream and no other
     */
    public CompletionStage<HttpResponse<?>> follow(HttpRequest<?> request, TurnEncoder encoder, Work work) {
        return stream(request, encoder, work, true);
    }

    private CompletionStage<HttpResponse<?>> stream(
            HttpRequest<?> request, TurnEncoder encoder, Work work, boolean tellsFailures) {
        var answer = new CompletableFuture<HttpResponse<?>>();
        var cancellation = new Cancellation();
        Channel channel = ReaderWatch.channelOf(request);
        var stream = EventStream.to(new Reader(channel, cancellation), encoder, settings, new EventStream.Owner() {
            @Override
            public boolean tellsFailures() {
                return tellsFailures;
            }

            @Override
            public void open(EventStream body) {
                answer.complete(HttpResponse.ok(body)
                        .header(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .header("X-Accel-Buffering", "no"));
            }
        });
        run(
                request,
                new ReaderWatch(channel, stream::leave),
                () -> work.run(stream, cancellation),
                turn -> tellsFailures ? Optional.empty() : Problem.of(turn),
                _ -> stream.end(),
                problem -> {
                    if (stream.closeUnopened()) {
                        answer.complete(problem.answer(request));
                    } else {
                        stream.endWith(problem);
                    }
                });
        return answer;
    }

    /**
     * Answers once the turn rests: with the body when it has come to something, else with the status of its problem.
     *
     * @param body what the dialect makes of the turn
     */
    public CompletionStage<HttpResponse<?>> once(HttpRequest<?> request, Work work, Function<Turn, ?> body) {
        var answer = new CompletableFuture<HttpResponse<?>>();
        var cancellation = new Cancellation();
        Channel channel = ReaderWatch.channelOf(request);
        run(
                request,
                new ReaderWatch(channel, new Reader(channel, cancellation)::left),
                () -> work.run(TurnSink.DISCARDING, cancellation),
                Problem::of,
                turn -> answer.complete(HttpResponse.ok(body.apply(turn)).contentType(MediaType.APPLICATION_JSON_TYPE)),
                problem -> answer.complete(problem.answer(request)));
        return answer;
    }

    private static void run(
            HttpRequest<?> request,
            ReaderWatch reader,
            Supplier<Turn> work,
            Function<Turn, Optional<Problem>> problem,
            Consumer<Turn> rested,
            Consumer<Problem> broke) {
        TraceId trace = TraceId.of(request);
        Thread.ofVirtual().name("turn of request " + trace.value()).start(() -> {
            try (reader) {
                runHere(trace, work, problem, rested, broke);
            }
        });
    }

    /** The same on this thread. */
    static void runHere(
            TraceId trace,
            Supplier<Turn> work,
            Function<Turn, Optional<Problem>> problem,
            Consumer<Turn> rested,
            Consumer<Problem> broke) {
        MDC.put(TraceId.LOG_KEY, trace.value());
        try {
            Turn turn = work.get();
            problem.apply(turn).ifPresentOrElse(broke, () -> rested.accept(turn));
        } catch (Refusal refusal) {
            broke.accept(Problem.of(refusal));
        } catch (Throwable mistake) {
            LOG.error("request {}: a turn was broken by a mistake of this server", trace.value(), mistake);
            broke.accept(Problem.internal());
        }
    }
}
