package dev.parley.rest.sse;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.rest.error.Problem;
import dev.parley.rest.trace.TraceId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Answers requests with what somebody else answers to them, byte for byte and as it comes. */
@Singleton
public final class PassedAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(PassedAnswers.class);

    /** Nothing is told of a turn, because there is none. */
    private static final TurnEncoder NO_TURN = new TurnEncoder() {
        @Override
        public void encode(TurnEvent event, FrameBuffer out) {}

        @Override
        public void encodeFailure(Problem problem, FrameBuffer out) {}
    };

    private final StreamSettings settings;

    PassedAnswers(StreamSettings settings) {
        this.settings = settings;
    }

    /** What gets the answer; blocks until it has been handed back. */
    @FunctionalInterface
    public interface Forwarding {
        /**
         * @throws Refusal when the request is refused
         * @throws BrokenOff when there is no answer, or no more of it
         */
        void run(ChatProxy.Receiver receiver, Cancellation cancellation) throws BrokenOff;
    }

    /**
     * The answer. Its head is sent with its first bytes; an answer that breaks later ends with its connection, so that
     * nobody takes it for whole. Does not block.
     */
    public CompletionStage<HttpResponse<?>> pass(HttpRequest<?> request, Forwarding work) {
        var passing = new Passing(request);
        String trace = TraceId.of(request).value();
        Thread.ofVirtual().name("passed on for request " + trace).start(() -> {
            MDC.put(TraceId.LOG_KEY, trace);
            passing.run(work, trace);
        });
        return passing.answer;
    }

    private final class Passing implements EventStream.Owner, ChatProxy.Receiver {

        private final HttpRequest<?> request;
        private final Channel channel;
        private final CompletableFuture<HttpResponse<?>> answer = new CompletableFuture<>();
        private final Cancellation cancellation = new Cancellation();
        private final EventStream stream;
        private int status = HttpStatus.OK.getCode();
        private String contentType = "application/json";

        Passing(HttpRequest<?> request) {
            this.request = request;
            this.channel = ReaderWatch.channelOf(request);
            this.stream = EventStream.to(new Reader(channel, cancellation), NO_TURN, settings, this);
        }

        void run(Forwarding work, String trace) {
            try (var _ = new ReaderWatch(channel, stream::leave)) {
                forward(work, trace).ifPresentOrElse(this::broke, stream::end);
            }
        }

        /** Why there is no whole answer; empty when there is. */
        private Optional<Problem> forward(Forwarding work, String trace) {
            try {
                work.run(this, cancellation);
                return Optional.empty();
            } catch (Refusal refusal) {
                return Optional.of(Problem.of(refusal));
            } catch (BrokenOff broken) {
                return Optional.of(Problem.notPassed(broken.failure()));
            } catch (RuntimeException mistake) {
                LOG.error("request {}: passing it on was broken by a mistake of this server", trace, mistake);
                return Optional.of(Problem.internal());
            }
        }

        private void broke(Problem problem) {
            if (stream.closeUnopened()) {
                answer.complete(problem.answer(request));
            } else {
                stream.breakOff();
            }
        }

        @Override
        public void head(int given, String type) {
            status = given;
            contentType = type;
        }

        @Override
        public void bytes(byte[] buffer, int offset, int length) {
            stream.pass(buffer, offset, length);
        }

        @Override
        public void open(EventStream body) {
            answer.complete(HttpResponse.status(HttpStatus.valueOf(status))
                    .body(body)
                    .header(HttpHeaders.CONTENT_TYPE, contentType)
                    .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .header("X-Accel-Buffering", "no"));
        }
    }
}
