package dev.parley.tools.mcp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.tools.mcp.wire.WireFailed.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever has given up waits for nothing. */
class AskTest {

    private static final WireFailed CALLED_OFF = WireFailed.of(Kind.CALLED_OFF, "the call was called off");

    private final Ask ask = new Ask();

    @Test
    void aPauseEndsWhenItIsGivenUp() throws Exception {
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        CompletableFuture<WireFailed> told = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            waiting.complete(Thread.currentThread());
            told.complete(catchThrowableOfType(WireFailed.class, () -> ask.pause(Duration.ofDays(1))));
        });
        Thread thread = waiting.get(20, TimeUnit.SECONDS);
        while (thread.getState() != Thread.State.TIMED_WAITING && !told.isDone()) {
            Thread.onSpinWait();
        }

        ask.giveUp(CALLED_OFF);

        assertThat(told.get(20, TimeUnit.SECONDS)).isSameAs(CALLED_OFF);
    }

    @Test
    void thereIsNoPauseOnceItIsGivenUp() {
        ask.giveUp(CALLED_OFF);

        assertThat(catchThrowableOfType(WireFailed.class, () -> ask.pause(Duration.ofDays(1))))
                .isSameAs(CALLED_OFF);
    }

    @Test
    void otherwiseAPauseIsOverInTime() {
        assertThatCode(() -> ask.pause(Duration.ofMillis(1))).doesNotThrowAnyException();
    }
}
