package dev.parley.inference.testing;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: a thread that answers, and beside it a thread that reads.
 *
 * <p>The second exists because only a read tells that the client has closed, and the first may be waiting in the middle
 * of a reply. When the reader meets the end of the stream it interrupts the other.
 */
final class UpstreamConnection {

    private final Socket socket;
    private final int number;
    private final Journal journal;
    private final Function<RecordedRequest, Reply> script;
    private final LinkedBlockingQueue<RecordedRequest> inbox = new LinkedBlockingQueue<>();

    /** The request whose reply is not complete yet. Whoever takes it out says what became of it. */
    private final AtomicReference<@Nullable RecordedRequest> unanswered = new AtomicReference<>();

    /** Held while a reply is played, so that closing an idle connection never cuts off the end of one. */
    private final ReentrantLock playing = new ReentrantLock();

    private volatile boolean closedHere;

    UpstreamConnection(Socket socket, Journal journal, Function<RecordedRequest, Reply> script) {
        this.socket = socket;
        this.journal = journal;
        this.script = script;
        this.number = journal.connectionOpened();
    }

    /** Answers requests until either side closes. */
    void serve() {
        try {
            socket.setTcpNoDelay(true);
            Thread answering = Thread.currentThread();
            RequestReader requests = new RequestReader(number, socket.getInputStream(), socket.getOutputStream());
            Thread.ofVirtual().name("upstream-reader-" + number).start(() -> read(requests, answering));
            ReplyPlayer player = new ReplyPlayer(socket, () -> unanswered.set(null));
            while (answer(player, inbox.take())) {}
        } catch (IOException | InterruptedException _) {
            noteDeparture();
        } finally {
            close();
            journal.connectionClosed();
        }
    }

    private boolean answer(ReplyPlayer player, RecordedRequest request) throws IOException, InterruptedException {
        playing.lock();
        try {
            boolean open = player.play(script.apply(request));
            return open && !request.header("Connection").orElse("").equalsIgnoreCase("close");
        } finally {
            playing.unlock();
        }
    }

    private void read(RequestReader requests, Thread answering) {
        try {
            for (Optional<RecordedRequest> next = requests.next(); next.isPresent(); next = requests.next()) {
                RecordedRequest request = next.get();
                if (!unanswered.compareAndSet(null, request)) {
                    throw new ProtocolException("a request before the last reply was complete");
                }
                journal.requested(request);
                inbox.add(request);
            }
        } catch (IOException | RuntimeException _) {
            // A connection that cannot be read any more has been left, whatever the reason.
        }
        noteDeparture();
        answering.interrupt();
    }

    private void noteDeparture() {
        RecordedRequest left = unanswered.getAndSet(null);
        if (left != null && !closedHere) {
            journal.clientLeft(left);
        }
    }

    /** Closes the connection if no reply is owed on it. */
    void closeIfIdle() {
        if (unanswered.get() != null) {
            return;
        }
        playing.lock();
        try {
            if (unanswered.get() == null) {
                close();
            }
        } finally {
            playing.unlock();
        }
    }

    void close() {
        closedHere = true;
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed one way or the other.
        }
    }
}
