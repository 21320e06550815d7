package dev.parley.application.testing;

import dev.parley.application.port.Inference;
import dev.parley.domain.turn.Delta;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes what it hears of an answer, and by whom. */
public final class RecordingProgress implements Inference.Progress {

    private final List<Delta> deltas = new CopyOnWriteArrayList<>();
    private final List<Thread> callers = new CopyOnWriteArrayList<>();
    private final CountDownLatch flushed = new CountDownLatch(1);
    private final AtomicInteger opened = new AtomicInteger();
    private volatile boolean openedLate;

    @Override
    public void opened() {
        callers.add(Thread.currentThread());
        opened.incrementAndGet();
    }

    @Override
    public void delta(Delta delta) {
        callers.add(Thread.currentThread());
        if (opened.get() == 0) {
            openedLate = true;
        }
        deltas.add(delta);
    }

    @Override
    public void flush() {
        callers.add(Thread.currentThread());
        if (!deltas.isEmpty()) {
            flushed.countDown();
        }
    }

    public List<Delta> deltas() {
        return List.copyOf(deltas);
    }

    /** How often it was told that the request was accepted. */
    public int timesOpened() {
        return opened.get();
    }

    public boolean wasOpenedFirst() {
        return !openedLate;
    }

    /** Whether only this thread has told it anything. */
    public boolean wasOnlyToldBy(Thread thread) {
        return callers.stream().allMatch(thread::equals);
    }

    /** Blocks until something was told and flushed. */
    public void awaitFlushed() {
        Patient.await(flushed);
    }

    /** The text of all deltas of text, refusals included. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Delta delta : deltas) {
            switch (delta) {
                case Delta.Text(String piece) -> text.append(piece);
                case Delta.ScoredText(String piece, var _) -> text.append(piece);
                case Delta.Refused(String piece) -> text.append(piece);
                case Delta.Reasoning _,
                        Delta.Cited _,
                        Delta.CallOpened _,
                        Delta.CallArguments _,
                        Delta.CallClosed _,
                        Delta.CallRunning _,
                        Delta.PartialImage _ -> {}
            }
        }
        return text.toString();
    }
}
