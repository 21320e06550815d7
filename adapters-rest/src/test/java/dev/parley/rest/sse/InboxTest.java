package dev.parley.rest.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** This thread is the event loop. */
class InboxTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Semaphore done = new Semaphore(0);
    private final Inbox inbox = new Inbox(channel, "inbox", message -> {
        heard.add(new String(message, UTF_8));
        done.acquireUninterruptibly();
    });

    @AfterEach
    void close() {
        done.release(100);
        var _ = channel.close();
    }

    @Test
    void nothingIsReadWhileAMessageIsHeard() throws Exception {
        add("1");
        assertThat(next()).isEqualTo("1");
        assertThat(reads()).isFalse();

        done.release();

        awaitHeardAll();
        assertThat(reads()).isTrue();
    }

    @Test
    void messagesAreHeardOneAfterTheOther() throws Exception {
        add("1");
        add("2");
        assertThat(next()).isEqualTo("1");
        assertThat(heard).isEmpty();

        done.release();

        assertThat(next()).isEqualTo("2");
        assertThat(reads()).isFalse();
    }

    /** The wish to read on is older than the message then. */
    @Test
    void aMessageThatComesWhenAllWasHeardKeepsTheRestUnread() throws Exception {
        add("1");
        done.release();
        while (!channel.hasPendingTasks()) {
            LockSupport.parkNanos(100_000);
        }

        add("2");
        assertThat(next()).isEqualTo("1");
        assertThat(next()).isEqualTo("2");
        channel.runPendingTasks();
        assertThat(reads()).isFalse();

        done.release();
        awaitHeardAll();
        assertThat(reads()).isTrue();
    }

    private void add(String message) {
        inbox.add(message.getBytes(UTF_8));
    }

    private String next() throws InterruptedException {
        String next = heard.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private void awaitHeardAll() {
        while (!channel.hasPendingTasks()) {
            LockSupport.parkNanos(100_000);
        }
        channel.runPendingTasks();
    }

    private boolean reads() {
        return channel.config().isAutoRead();
    }
}
