package dev.parley.rest.responses;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes lanes = new Lanes(2, 2, 100);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    @Test
    void workIsDoneInItsOrder() throws Exception {
        assertThat(lanes.add("a", 1, this::standStill)).isTrue();
        assertThat(lanes.add("a", 1, () -> done.add("second"))).isTrue();
        assertThat(lanes.add("a", 1, () -> done.add("third"))).isTrue();

        goOn.countDown();

        assertThat(List.of(next(), next(), next())).containsExactly("first", "second", "third");
    }

    @Test
    void oneLaneWaitsForNoOther() throws Exception {
        assertThat(lanes.add("a", 1, this::standStill)).isTrue();
        assertThat(lanes.add("b", 1, () -> done.add("beside it"))).isTrue();

        assertThat(next()).isEqualTo("beside it");
    }

    @Test
    void onlySoManyLanesHaveWork() throws Exception {
        assertThat(lanes.add("a", 1, this::standStill)).isTrue();
        assertThat(lanes.add("b", 1, this::standStill)).isTrue();

        assertThat(lanes.add("c", 1, () -> done.add("too much"))).isFalse();

        goOn.countDown();
        assertThat(List.of(next(), next())).containsExactly("first", "first");
    }

    @Test
    void onlySoMuchWaits() {
        assertThat(lanes.add("a", 1, this::standStill)).isTrue();
        assertThat(lanes.add("a", 1, () -> {})).isTrue();
        assertThat(lanes.add("a", 1, () -> {})).isTrue();

        assertThat(lanes.add("a", 1, () -> {})).isFalse();
    }

    @Test
    void onlySoLargeIsWhatWaitsButForASingleOne() {
        assertThat(lanes.add("a", 1000, this::standStill)).isTrue();
        assertThat(lanes.add("b", 1000, this::standStill)).isTrue();
        assertThat(lanes.add("a", 1000, () -> {})).isTrue();

        assertThat(lanes.add("b", 1, () -> {})).isFalse();
    }

    @Test
    void whatHasBeenDoneWaitsNoMore() throws Exception {
        assertThat(lanes.add("a", 1, this::standStill)).isTrue();
        assertThat(lanes.add("a", 1000, () -> done.add("large"))).isTrue();
        goOn.countDown();
        assertThat(List.of(next(), next())).containsExactly("first", "large");

        CountDownLatch again = new CountDownLatch(1);
        assertThat(lanes.add("b", 1, () -> await(again))).isTrue();
        assertThat(lanes.add("b", 60, () -> done.add("b"))).isTrue();
        assertThat(lanes.add("b", 40, () -> done.add("b"))).isTrue();
        again.countDown();
        assertThat(List.of(next(), next())).containsExactly("b", "b");
    }

    @Test
    void workThatBreaksEndsNoLane() throws Exception {
        assertThat(lanes.add("a", 1, () -> {
                    await(goOn);
                    Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                    throw new IllegalStateException("broken");
                }))
                .isTrue();
        assertThat(lanes.add("a", 1, () -> done.add("after it"))).isTrue();

        goOn.countDown();

        assertThat(next()).isEqualTo("after it");
    }

    private void standStill() {
        await(goOn);
        done.add("first");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private String next() throws InterruptedException {
        String next = done.poll(20, SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
