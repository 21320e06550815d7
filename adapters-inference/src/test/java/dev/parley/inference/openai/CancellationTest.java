package dev.parley.inference.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.testing.RecordingProgress;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.ErrorScenario;
import dev.parley.inference.testing.RecordedRequest;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.TextScenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer that nobody wants any more is given up at once, and its connection with it. */
@Timeout(30)
class CancellationTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @Test
    void inTheMiddleOfTheAnswer() throws Exception {
        try (Trial trial =
                Trial.of(Reply.stream(Engine.VLLM).opening().text("Hel").stall(), TextScenario.VLLM_TEXT.reply())) {
            CompletableFuture<BrokenOff> asked = inBackground(trial);
            trial.progress.awaitFlushed();

            trial.cancellation.request(Cancellation.Reason.CLIENT_LEFT);

            assertThat(calledOff(asked)).isEqualTo(Failure.Code.INTERRUPTED);
            assertThat(trial.upstream.awaitClientGone(AT_ONCE).request().connection())
                    .isOne();
        }
    }

    @Test
    void whileTheProviderThinks() throws Exception {
        CountDownLatch thinking = new CountDownLatch(1);
        try (Trial trial = Trial.of(Reply.unsent(Engine.VLLM).signal(thinking).stall())) {
            CompletableFuture<BrokenOff> asked = inBackground(trial);
            thinking.await();

            trial.cancellation.request(Cancellation.Reason.CLIENT_LEFT);

            assertThat(calledOff(asked)).isEqualTo(Failure.Code.INTERRUPTED);
            trial.upstream.awaitClientGone(AT_ONCE);
            assertThat(trial.progress.timesOpened()).isZero();
        }
    }

    @Test
    void theNextAnswerComesOverAnotherConnection() throws Exception {
        try (Trial trial =
                Trial.of(Reply.stream(Engine.VLLM).opening().text("Hel").stall(), TextScenario.VLLM_TEXT.reply())) {
            CompletableFuture<BrokenOff> asked = inBackground(trial);
            trial.progress.awaitFlushed();
            trial.cancellation.request(Cancellation.Reason.CLIENT_LEFT);
            calledOff(asked);

            assertThat(trial.provider
                            .answer(Trial.request(), new RecordingProgress(), new Cancellation())
                            .message()
                            .text())
                    .isEqualTo("Hello");
            assertThat(trial.upstream.requests())
                    .extracting(RecordedRequest::connection)
                    .containsExactly(1, 2);
        }
    }

    /** A wish that comes when the answer is whole does not touch the connection, which may be somebody else's by then. */
    @Test
    void afterTheAnswer() throws Exception {
        try (Trial trial = Trial.of(TextScenario.VLLM_TEXT.reply(), TextScenario.VLLM_TEXT.reply())) {
            trial.ask();

            trial.cancellation.request(Cancellation.Reason.CLIENT_LEFT);

            trial.provider.answer(Trial.request(), new RecordingProgress(), new Cancellation());
            assertThat(trial.upstream.connectionsOpened()).isOne();
        }
    }

    @Test
    void beforeTheRequest() {
        try (Trial trial = Trial.of()) {
            trial.cancellation.request(Cancellation.Reason.SHUTDOWN);

            assertThat(trial.failure().code()).isEqualTo(Failure.Code.INTERRUPTED);
            assertThat(trial.upstream.requests()).isEmpty();
        }
    }

    @Test
    void inThePauseBeforeAnotherTry() {
        try (Trial trial = Trial.of(ErrorScenario.NGINX_BAD_GATEWAY.reply())) {
            trial.beforePause(() -> trial.cancellation.request(Cancellation.Reason.CLIENT_LEFT));

            assertThat(trial.failure().code()).isEqualTo(Failure.Code.INTERRUPTED);
            assertThat(trial.upstream.requests()).hasSize(1);
        }
    }

    @Test
    void whileItConnects() throws Exception {
        try (FullHouse server = new FullHouse();
                Trial trial = Trial.elsewhere(server.uri(), Duration.ofSeconds(20))) {
            CompletableFuture<BrokenOff> asked = inBackground(trial);
            server.awaitKnock(asked);

            trial.cancellation.request(Cancellation.Reason.CLIENT_LEFT);

            assertThat(calledOff(asked)).isEqualTo(Failure.Code.INTERRUPTED);
        }
    }

    @Test
    void aServerThatDoesNotAcceptIsGivenUpAfterTheConnectTimeout() throws Exception {
        try (FullHouse server = new FullHouse();
                Trial trial = Trial.elsewhere(server.uri(), Duration.ofMillis(200))) {
            Failure failure = trial.failure();

            assertThat(failure.code()).isEqualTo(Failure.Code.PROVIDER_TIMEOUT);
            assertThat(failure.message()).contains("did not accept a connection within 200 ms");
            assertThat(trial.pauses).hasSize(2);
        }
    }

    private static Failure.Code calledOff(CompletableFuture<BrokenOff> asked) throws Exception {
        return asked.get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS).failure().code();
    }

    private static CompletableFuture<BrokenOff> inBackground(Trial trial) {
        CompletableFuture<BrokenOff> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(trial.broken());
            } catch (Throwable unexpected) {
                outcome.completeExceptionally(unexpected);
            }
        });
        return outcome;
    }

    /** A server whose queue is full, so that the system lets nobody else connect. */
    private static final class FullHouse implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<SocketChannel> queue = new ArrayList<>();

        FullHouse() throws IOException {
            InetSocketAddress address = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
            for (int place = 0; place < 8; place++) {
                SocketChannel caller = SocketChannel.open();
                caller.configureBlocking(false);
                caller.connect(address);
                queue.add(caller);
            }
        }

        URI uri() {
            return URI.create("http://127.0.0.1:%d/v1".formatted(listener.getLocalPort()));
        }

        /** Nobody can tell from outside when a connection has begun to be made; it is long before this. */
        void awaitKnock(CompletableFuture<BrokenOff> asked) throws InterruptedException {
            try {
                asked.get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException waiting) {
                return;
            } catch (ExecutionException unexpected) {
                throw new AssertionError(unexpected);
            }
            throw new AssertionError("it did not wait for a connection");
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel caller : queue) {
                caller.close();
            }
            listener.close();
        }
    }
}
