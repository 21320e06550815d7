package dev.parley.tools.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Downloads.Download;
import dev.parley.application.port.Downloads.DownloadFailed;
import dev.parley.tools.testing.Answer;
import dev.parley.tools.testing.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much a user's address may cost. Each case is also seen to go through where the limit is not in its way. */
class LimitsTest {

    private static final int UNIT = 1 << 16;
    private static final LimitSettings TIGHT =
            new LimitSettings(UNIT, 5, Duration.ofSeconds(5), Duration.ofMillis(600));
    private static final LimitSettings SMALL =
            new LimitSettings(UNIT, 5, Duration.ofSeconds(5), Duration.ofSeconds(60));
    private static final LimitSettings WIDE =
            new LimitSettings(64 * UNIT, 5, Duration.ofSeconds(5), Duration.ofSeconds(60));

    private final AtomicLong sent = new AtomicLong();
    private final Semaphore drops = new Semaphore(0);
    private final CountDownLatch left = new CountDownLatch(1);
    private final ScriptedServer server = new ScriptedServer((request, answer) -> {
        switch (request.path()) {
            case "/large" -> answer.send(200, "text/plain", new byte[3 * UNIT]);
            case "/endless" -> endless(answer);
            case "/bomb" -> answer.send(200, Map.of("Content-Encoding", "gzip"), Answer.gzipped(new byte[20 * UNIT]));
            case "/packed" ->
                answer.send(200, Map.of("Content-Encoding", "gzip"), Answer.gzipped("Hi".getBytes(UTF_8)));
            case "/odd" -> answer.send(200, Map.of("Content-Encoding", "br"), "Hi".getBytes(UTF_8));
            case "/slow-body" -> drip(answer, "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n", "Hello, World");
            case "/slow-head" -> drip(answer, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: ", "0123456789\r\n\r\n");
            case "/long-head" -> answer.send(200, Map.of("X", "x".repeat(1_000_000)), new byte[0]);
            case "/silent" -> answer.awaitClosed();
            case "/cut" -> answer.write("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nHello");
            default -> answer.send(404, "text/plain", "nothing");
        }
    });

    @AfterEach
    void stop() {
        drops.release(1000);
        server.close();
    }

    @Test
    void aLargeBodyIsNotTaken() throws DownloadFailed {
        assertThat(fetch(WIDE, "/large").content()).hasSize(3 * UNIT);

        assertThat(refused(SMALL, "/large")).contains("larger than the 65536 bytes");
    }

    @Test
    void anEndlessBodyIsNotReadOn() throws Exception {
        assertThat(refused(SMALL, "/endless")).contains("larger than");
        assertThat(left.await(10, TimeUnit.SECONDS))
                .as("the connection is closed")
                .isTrue();
        sent.set(0);

        assertThat(refused(WIDE, "/endless")).contains("larger than");
        assertThat(sent.get()).isGreaterThan(WIDE.maxSize());
    }

    @Test
    void whatIsPackedCountsUnpacked() throws DownloadFailed {
        assertThat(fetch(WIDE, "/bomb").content()).hasSize(20 * UNIT);
        assertThat(fetch(SMALL, "/packed").content()).asString(UTF_8).isEqualTo("Hi");

        assertThat(refused(SMALL, "/bomb")).contains("larger than");
        assertThat(refused(SMALL, "/odd")).contains("packed as 'br'");
    }

    @Test
    void aSlowBodyIsNotWaitedFor() throws DownloadFailed {
        assertThat(refused(TIGHT, "/slow-body")).contains("longer than 600 ms");

        drops.release(1000);
        assertThat(fetch(WIDE, "/slow-body").content()).asString(UTF_8).isEqualTo("Hello, World");
    }

    @Test
    void aSlowOrEndlessHeadIsNotWaitedFor() {
        assertThat(refused(TIGHT, "/slow-head")).contains("longer than 600 ms");
        assertThat(refused(SMALL, "/long-head")).contains("broke off");

        drops.release(1000);
        assertThatNoException().isThrownBy(() -> fetch(WIDE, "/slow-head"));
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedFor() {
        assertThat(refused(TIGHT, "/silent")).contains("longer than 600 ms");
        assertThat(refused(SMALL, "/cut")).contains("broke off");
    }

    @Test
    void whoeverCallsOffDoesNotWait() throws Exception {
        Cancellation cancellation = new Cancellation();
        Thread caller = Thread.ofVirtual().start(() -> {
            while (server.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            cancellation.request(Cancellation.Reason.CLIENT_LEFT);
        });

        String why = catchThrowableOfType(DownloadFailed.class, () -> fetch(WIDE, "/silent", cancellation))
                .explanation();

        assertThat(why).contains("called off");
        caller.join();
    }

    @Test
    void aServerThatRefusesConnectionsIsSaidTo() {
        server.close();

        assertThat(refused(SMALL, "/large")).contains("could not be connected to");
    }

    private void endless(Answer answer) throws IOException {
        OutputStream out = answer.begin(200, Map.of());
        byte[] some = new byte[65_536];
        try {
            while (true) {
                out.write(some);
                sent.addAndGet(some.length);
            }
        } finally {
            left.countDown();
        }
    }

    /** One byte, and the next only when it is let go; the first ones go by themselves. */
    private void drip(Answer answer, String first, String rest) throws IOException {
        answer.write(first);
        try {
            for (int place = 0; place < rest.length(); place++) {
                if (drops.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    drops.release();
                }
                answer.write(rest.substring(place, place + 1));
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private String refused(LimitSettings limits, String path) {
        return catchThrowableOfType(DownloadFailed.class, () -> fetch(limits, path))
                .explanation();
    }

    private Download fetch(LimitSettings limits, String path) throws DownloadFailed {
        return fetch(limits, path, new Cancellation());
    }

    private Download fetch(LimitSettings limits, String path, Cancellation cancellation) throws DownloadFailed {
        try (Outgoing outgoing =
                Outgoing.guarded(new Reach.Everything(), Network.SYSTEM, Optional.empty(), limits.connectTimeout())) {
            return new GuardedDownloads(outgoing, limits).fetch(server.url(path), cancellation);
        }
    }
}
