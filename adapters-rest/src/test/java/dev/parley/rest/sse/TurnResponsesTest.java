package dev.parley.rest.sse;

import static dev.parley.domain.turn.SpecFixture.spec;
import static dev.parley.domain.turn.TurnFixture.turn;
import static dev.parley.rest.sse.PlayedTurns.text;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Cancellation;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnPlay;
import dev.parley.rest.testing.RecordedWrites;
import dev.parley.rest.testing.Wire;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnResponsesTest {

    private static final Turn COMPLETED =
            TurnPlay.of(turn(spec().build())).says("Hello").turn();
    private static final Turn FAILED =
            TurnPlay.of(turn(spec().build())).breaks().turn();
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private static EmbeddedServer server;
    private static PlayedTurns turns;
    private static RecordedWrites writes;

    @BeforeAll
    static void start() {
        server = ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(
                        "micronaut.server.port", -1,
                        "test.played-turns", "true",
                        "test.record-writes", "true",
                        "parley.http.stream.heartbeat", "300ms",
                        "parley.http.stream.max-pending", "10000"));
        turns = server.getApplicationContext().getBean(PlayedTurns.class);
        writes = server.getApplicationContext().getBean(RecordedWrites.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        writes.flushes().clear();
    }

    @Test
    void theHeadLeavesWithTheFirstEvent() throws Exception {
        var goOn = new CountDownLatch(1);
        turns.play("slowly", (sink, _) -> {
            sink.flush();
            sink.emit(text("one"));
            sink.flush();
            await(goOn);
            sink.emit(text("two"));
            sink.flush();
            return COMPLETED;
        });
        try (Wire wire = connect().post("/played/slowly/stream", "{}")) {
            assertThat(wire.read())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("content-type: text/event-stream; charset=utf-8\r\n")
                    .containsIgnoringCase("cache-control: no-cache\r\n")
                    .containsIgnoringCase("x-accel-buffering: no\r\n")
                    .containsPattern("(?i)x-trace-id: [0-9a-f]{32}\r\n")
                    .endsWith("\r\ndata: \"one\"\n\n\r\n");
            goOn.countDown();
            assertThat(wire.readUntil(LAST_CHUNK)).contains("data: \"two\"\n\n").endsWith(LAST_CHUNK);
        }
        assertThat(writes.flushes())
                .first()
                .asString()
                .startsWith("HTTP/1.1 200 OK")
                .endsWith("\"one\"\n\n\r\n");
        assertThat(writes.noDelay()).isNotEmpty().doesNotContain(false);
    }

    @Test
    void whatIsFlushedTogetherLeavesInOneWrite() throws Exception {
        var goOn = new CountDownLatch(1);
        turns.play("in-bursts", (sink, _) -> {
            sink.emit(text("first"));
            sink.flush();
            await(goOn);
            for (int i = 0; i < 50; i++) {
                sink.emit(text("piece " + i));
            }
            sink.flush();
            return COMPLETED;
        });
        try (Wire wire = connect().post("/played/in-bursts/stream", "{}")) {
            wire.readUntil("first");
            goOn.countDown();
            wire.readUntil(LAST_CHUNK);
        }
        assertThat(writes.flushes())
                .filteredOn(flush -> flush.contains("piece"))
                .singleElement()
                .asString()
                .contains("piece 0", "piece 49");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "text/event-stream", "text/html", "application/xml"})
    void whatTheClientSaysItAcceptsChangesNothing(String accept) throws Exception {
        turns.play("shortly", (sink, _) -> {
            sink.emit(text("x".repeat(3000)));
            sink.flush();
            return COMPLETED;
        });
        try (Wire wire = connect()) {
            wire.post("/played/shortly/stream", "{}", "Accept: " + accept, "Accept-Encoding: gzip, deflate, br");
            assertThat(wire.readUntil(LAST_CHUNK))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .doesNotContainIgnoringCase("content-encoding")
                    .contains("xxx");
            wire.post("/played/shortly/once", "{}", "Accept: " + accept);
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("content-type: application/json\r\n")
                    .endsWith("{\"turn\":\"%s\"}".formatted(COMPLETED.id()));
        }
    }

    @Test
    void aRefusedTurnHasAStatusOfItsOwn() throws Exception {
        turns.play("refused", (_, _) -> {
            throw Refusal.of(Refusal.Code.BUSY, "Wait for the other one");
        });
        for (String kind : new String[] {"stream", "once"}) {
            try (Wire wire = connect().post("/played/refused/" + kind, "{}")) {
                assertThat(wire.readAnswer())
                        .startsWith("HTTP/1.1 409 Conflict\r\n")
                        .containsIgnoringCase("retry-after: 1\r\n")
                        .containsIgnoringCase("x-trace-id: ")
                        .endsWith("{\"detail\":\"Wait for the other one\",\"error\":{\"message\":\"Wait for the other"
                                + " one\",\"detail\":{\"errors\":[]}}}");
            }
        }
    }

    @Test
    void aTurnThatFailsBeforeItWasHeardHasAStatus() throws Exception {
        turns.play("failing", (sink, _) -> {
            sink.emit(text("never sent: the turn failed before this was flushed"));
            sink.emit(new TurnEvent.TurnRested(FAILED));
            sink.flush();
            return FAILED;
        });
        for (String kind : new String[] {"stream", "once"}) {
            try (Wire wire = connect().post("/played/failing/" + kind, "{}")) {
                assertThat(wire.readAnswer())
                        .matches("(?s)HTTP/1.1 [45].*")
                        .containsIgnoringCase("x-should-retry: false\r\n")
                        .contains("{\"detail\":");
            }
        }
    }

    @Test
    void aFailureOfATurnThatIsFollowedIsAnEvent() throws Exception {
        turns.play("failed-long-ago", (sink, _) -> {
            sink.emit(text("so far"));
            sink.emit(new TurnEvent.TurnRested(FAILED));
            sink.flush();
            return FAILED;
        });
        try (Wire wire = connect().post("/played/failed-long-ago/follow", "{}")) {
            assertThat(wire.readUntil(LAST_CHUNK))
                    .startsWith("HTTP/1.1 200 OK")
                    .containsSubsequence("\"so far\"", "\"rested: Failed\"", LAST_CHUNK)
                    .doesNotContain("error");
        }
    }

    @Test
    void aTurnThatFailsLaterEndsItsStreamWithAnErrorItem() throws Exception {
        turns.play("failing-late", (sink, _) -> {
            sink.emit(text("so far"));
            sink.flush();
            sink.emit(text("unflushed"));
            sink.emit(new TurnEvent.TurnRested(FAILED));
            sink.flush();
            return FAILED;
        });
        try (Wire wire = connect().post("/played/failing-late/stream", "{}")) {
            assertThat(wire.readUntil(LAST_CHUNK))
                    .startsWith("HTTP/1.1 200 OK")
                    .containsSubsequence("\"so far\"", "\"unflushed\"", "{\"error\":", LAST_CHUNK);
        }
    }

    @Test
    void aMistakeOfThisServerTellsNothingOfItsInside() throws Exception {
        turns.play("mistaken", (sink, _) -> {
            sink.emit(text("unspeakable"));
            return COMPLETED;
        });
        for (String kind : new String[] {"stream", "once"}) {
            if (kind.equals("once")) {
                turns.play("mistaken", (_, _) -> {
                    throw new IllegalStateException("internal");
                });
            }
            try (Wire wire = connect().post("/played/mistaken/" + kind, "{}")) {
                assertThat(wire.readAnswer())
                        .startsWith("HTTP/1.1 500 ")
                        .containsIgnoringCase("x-should-retry: false\r\n")
                        .doesNotContain("IllegalState", "words", "internal");
            }
        }
    }

    @Test
    void aSilentTurnShowsThatItLives() throws Exception {
        var goOn = new CountDownLatch(1);
        turns.play("silent", (sink, _) -> {
            sink.emit(new TurnEvent.TurnStarted(COMPLETED));
            await(goOn);
            sink.emit(text("at last"));
            sink.flush();
            return COMPLETED;
        });
        try (Wire wire = connect().post("/played/silent/stream", "{}")) {
            assertThat(wire.readUntil(": ping\n\n")).startsWith("HTTP/1.1 200 OK\r\n");
            wire.readUntil(": ping\n\n");
            goOn.countDown();
            assertThat(wire.readUntil(LAST_CHUNK)).contains("data: \"at last\"\n\n");
        }
    }

    @Test
    void aRequestThatStillWaitsForItsSessionShowsNothingAndCanBeRefused() throws Exception {
        turns.play("waiting", (_, cancellation) -> {
            // longer than the heartbeat, which must not have begun
            cancellation.await(Duration.ofMillis(700));
            throw Refusal.of(Refusal.Code.BUSY, "Another turn is running");
        });
        try (Wire wire = connect().post("/played/waiting/stream", "{}")) {
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 409 ")
                    .containsIgnoringCase("retry-after: 1\r\n")
                    .contains("Another turn is running");
        }
    }

    @Test
    void afterASignOfLifeAFailureIsAnErrorItem() throws Exception {
        var goOn = new CountDownLatch(1);
        turns.play("silent-then-refused", (sink, _) -> {
            sink.emit(new TurnEvent.TurnStarted(COMPLETED));
            await(goOn);
            throw Refusal.of(Refusal.Code.CONFLICT, "Too late");
        });
        try (Wire wire = connect().post("/played/silent-then-refused/stream", "{}")) {
            wire.readUntil(": ping\n\n");
            goOn.countDown();
            assertThat(wire.readUntil(LAST_CHUNK)).contains("data: {\"error\":\"Too late\"}\n\n");
        }
    }

    /** How a reader leaves. */
    private interface Leaving {
        void leave(Wire wire) throws IOException;
    }

    private enum How implements Leaving {
        CLOSE {
            @Override
            public void leave(Wire wire) throws IOException {
                wire.close();
            }
        },
        HALF_CLOSE {
            @Override
            public void leave(Wire wire) throws IOException {
                wire.halfClose();
            }
        },
        RESET {
            @Override
            public void leave(Wire wire) throws IOException {
                wire.reset();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(How.class)
    void aReaderThatLeavesIsNoticedAtOnce(How how) throws Exception {
        for (String when : new String[] {"before the head", "in the stream", "waiting for all"}) {
            var begun = new CompletableFuture<Void>();
            var calledOff = new CompletableFuture<Cancellation.Reason>();
            turns.play("abandoned", (sink, cancellation) -> {
                if (when.equals("in the stream")) {
                    sink.emit(text("something"));
                    sink.flush();
                }
                begun.complete(null);
                cancellation.await(Duration.ofSeconds(20));
                cancellation.requested().ifPresent(calledOff::complete);
                sink.emit(text("to nobody"));
                sink.flush();
                return COMPLETED;
            });
            try (Wire wire =
                    connect().post("/played/abandoned/" + (when.equals("waiting for all") ? "once" : "stream"), "{}")) {
                begun.get(20, SECONDS);
                if (when.equals("in the stream")) {
                    wire.readUntil("something");
                }
                long start = System.nanoTime();
                how.leave(wire);
                assertThat(calledOff.get(20, SECONDS)).as(when).isEqualTo(Cancellation.Reason.CLIENT_LEFT);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).as(when).isLessThan(A_SECOND);
            }
        }
    }

    @Test
    void aConnectionServesOneRequestAfterTheOther() throws Exception {
        var cancellations = new AtomicInteger();
        turns.play("kept", (sink, cancellation) -> {
            cancellation.onRequest(cancellations::incrementAndGet);
            sink.emit(text("kept alive"));
            sink.flush();
            return COMPLETED;
        });
        try (Wire wire = connect()) {
            for (int i = 0; i < 3; i++) {
                wire.post("/played/kept/stream", "{}");
                assertThat(wire.readUntil(LAST_CHUNK)).contains("kept alive");
                wire.post("/played/kept/once", "{}");
                assertThat(wire.readAnswer()).contains("{\"turn\":");
            }
            wire.post("/played/kept/stream", "{}")
                    .post("/played/kept/stream", "{}")
                    .get("/played/hello");
            assertThat(wire.readUntil(LAST_CHUNK)).contains("kept alive");
            assertThat(wire.readUntil(LAST_CHUNK)).contains("kept alive");
            assertThat(wire.readAnswer()).endsWith("{\"says\":\"hello\"}");
        }
        try (Wire wire = connect().get("/played/hello")) {
            assertThat(wire.readAnswer()).endsWith("{\"says\":\"hello\"}");
        }
        assertThat(cancellations).hasValue(0);
    }

    @Test
    void aSlowReaderHoldsItsOwnTurnBackAndNoOther() throws Exception {
        String piece = "x".repeat(5000);
        var thread = new CompletableFuture<Thread>();
        int all = 4000;
        var done = new CompletableFuture<Void>();
        turns.play("much", (sink, _) -> {
            thread.complete(Thread.currentThread());
            for (int i = 0; i < all; i++) {
                sink.emit(text(piece));
                sink.flush();
            }
            done.complete(null);
            return COMPLETED;
        });
        turns.play("little", (sink, _) -> {
            sink.emit(text("little"));
            sink.flush();
            return COMPLETED;
        });
        try (Wire slow = connect().post("/played/much/stream", "{}")) {
            untilHeldBack(thread);
            try (Wire other = connect().post("/played/little/stream", "{}")) {
                assertThat(other.readUntil(LAST_CHUNK)).contains("little");
            }
            assertThat(done).isNotDone();
            int length = slow.readUntil(LAST_CHUNK).length();
            assertThat(length).isGreaterThan(all * piece.length());
            done.get(20, SECONDS);
        }
    }

    @Test
    void aSlowReaderThatLeavesLetsItsTurnGo() throws Exception {
        var thread = new CompletableFuture<Thread>();
        var done = new CompletableFuture<Cancellation.Reason>();
        turns.play("endless", (sink, cancellation) -> {
            thread.complete(Thread.currentThread());
            while (cancellation.requested().isEmpty()) {
                sink.emit(text("x".repeat(5000)));
                sink.flush();
            }
            done.complete(cancellation.requested().get());
            return COMPLETED;
        });
        try (Wire wire = connect().post("/played/endless/stream", "{}")) {
            untilHeldBack(thread);
            wire.reset();
            assertThat(done.get(20, SECONDS)).isEqualTo(Cancellation.Reason.CLIENT_LEFT);
        }
    }

    private static Wire connect() throws IOException {
        return new Wire(server.getPort());
    }

    /** Waits until the turn waits for its reader. */
    private static void untilHeldBack(CompletableFuture<Thread> turn) throws Exception {
        Thread thread = turn.get(20, SECONDS);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the turn does not wait for its reader");
            }
            LockSupport.parkNanos(100_000);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, SECONDS)) {
                throw new IllegalStateException("the test did not let the turn go on");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
