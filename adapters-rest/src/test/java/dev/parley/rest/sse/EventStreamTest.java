package dev.parley.rest.sse;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Cancellation;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.rest.error.Problem;
import io.netty.channel.Channel;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a turn waits for a reader that takes nothing: here one that was never even connected. */
class EventStreamTest {

    private static final TurnEvent EVENT =
            new TurnEvent.StepProgressed(new StepId("step"), StepKind.INFERENCE, new Delta.Text("text"));

    private final EventLoop loop = new DefaultEventLoop();
    private final Channel channel = new LocalChannel();
    private final Cancellation cancellation = new Cancellation();

    @BeforeEach
    void registerChannel() {
        loop.register(channel).syncUninterruptibly();
    }

    @AfterEach
    void endLoop() {
        var _ = loop.shutdownGracefully(0, 0, SECONDS);
    }

    @Test
    void aReaderThatTakesNothingForTooLongCountsAsGone() throws Exception {
        EventStream stream = stream(Duration.ofMillis(20));

        CompletableFuture<Void> turn = emitsTwice(stream);

        turn.get(20, SECONDS);
        assertThat(channel.closeFuture().await(20, SECONDS)).isTrue();
    }

    @Test
    void aTurnThatMustEndSoonWaitsForNoReader() throws Exception {
        EventStream stream = stream(Duration.ofHours(1));
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Void> turn = CompletableFuture.runAsync(() -> {
            thread.complete(Thread.currentThread());
            emitTwice(stream);
        });
        while (thread.get(20, SECONDS).getState() != Thread.State.TIMED_WAITING) {
            assertThat(turn).isNotDone();
            LockSupport.parkNanos(100_000);
        }

        cancellation.request(Cancellation.Reason.SHUTDOWN);

        turn.get(20, SECONDS);
        assertThat(channel.isOpen()).isTrue();
    }

    private static CompletableFuture<Void> emitsTwice(EventStream stream) {
        return CompletableFuture.runAsync(() -> emitTwice(stream));
    }

    private static void emitTwice(EventStream stream) {
        stream.emit(EVENT);
        stream.flush();
        stream.emit(EVENT);
        stream.flush();
    }

    private EventStream stream(Duration stallTimeout) {
        var settings = new StreamSettings(Duration.ofHours(1), 1, stallTimeout);
        return EventStream.to(new Reader(channel, cancellation), new OneWord(), settings, _ -> {});
    }

    private static final class OneWord implements TurnEncoder {
        @Override
        public void encode(TurnEvent event, FrameBuffer out) {
            out.begin().string("word").end();
        }

        @Override
        public void encodeFailure(Problem problem, FrameBuffer out) {
            out.begin().string("problem").end();
        }
    }
}
