package dev.parley.application.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.ChatProxy;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Notes what it hears of a forwarded answer, and by whom. */
public final class RecordingReceiver implements ChatProxy.Receiver {

    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<String> pieces = new CopyOnWriteArrayList<>();
    private final List<Thread> callers = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean headedLate;

    @Override
    public void head(int status, String contentType) {
        callers.add(Thread.currentThread());
        headedLate |= !pieces.isEmpty();
        heads.add(status + " " + contentType);
    }

    @Override
    public void bytes(byte[] buffer, int offset, int length) {
        callers.add(Thread.currentThread());
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        piece.write(buffer, offset, length);
        pieces.add(piece.toString(UTF_8));
        begun.countDown();
    }

    /** The heads that it was told, each as {@code 200 text/plain}. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    /** What it was told in each go. */
    public List<String> pieces() {
        return List.copyOf(pieces);
    }

    /** All that it was told. */
    public String body() {
        return String.join("", pieces);
    }

    public boolean wasHeadedFirst() {
        return !headedLate && (pieces.isEmpty() || !heads.isEmpty());
    }

    /** Whether only this thread has told it anything. */
    public boolean wasOnlyToldBy(Thread thread) {
        return callers.stream().allMatch(thread::equals);
    }

    /** Blocks until some of an answer was told. */
    public void awaitBegun() {
        Patient.await(begun);
    }
}
