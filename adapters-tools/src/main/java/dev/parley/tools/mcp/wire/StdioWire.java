package dev.parley.tools.mcp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.parley.tools.mcp.wire.WireFailed.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that is sent one message a line, and says one message a line. */
public final class StdioWire implements Wire {

    private static final Logger LOG = LoggerFactory.getLogger(StdioWire.class);

    /** What a program needs to find its way; nothing of it is secret. */
    private static final List<String> INHERITED = List.of(
            "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "TMPDIR", "TEMP", "SystemRoot", "PATHEXT");

    private static final int LONGEST_COMPLAINT = 8192;
    private static final long GRACE_MILLIS = 2000;

    private final ProcessEnd end;
    private final Threads threads;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long since;
    private volatile boolean over;

    @Nullable
    private Process process;

    @Nullable
    private volatile Receiver receiver;

    public StdioWire(ProcessEnd end, Threads threads) {
        this.end = end;
        this.threads = threads;
    }

    @Override
    public void open(Receiver listener) throws WireFailed {
        receiver = listener;
        ProcessBuilder builder = new ProcessBuilder(end.command());
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(end.environment());
        Process started;
        try {
            started = builder.start();
        } catch (IOException failed) {
            LOG.warn("the MCP server's command {} could not be started", end, failed);
            over = true;
            throw WireFailed.of(Kind.UNREACHABLE, "its command could not be started");
        }
        process = started;
        since = System.nanoTime();
        threads.startReader("mcp-process-out", () -> read(started));
        threads.startReader("mcp-process-complaints", () -> log(started.getErrorStream()));
    }

    private void read(Process started) {
        WireFailed why = WireFailed.of(Kind.BROKEN, "its process has ended");
        try (InputStream out = started.getInputStream()) {
            Lines lines = new Lines(out, end.longest());
            for (String line = lines.next(); line != null; line = lines.next()) {
                accept(line);
            }
        } catch (WireFailed tooLong) {
            why = tooLong;
        } catch (IOException _) {
            // it has ended, or was closed
        }
        over = true;
        stop(started);
        requireNonNull(receiver).ended(why);
    }

    /** Some programs greet before they speak the protocol. */
    private void accept(String line) {
        if (!line.isBlank()) {
            try {
                requireNonNull(receiver).received(line);
            } catch (WireFailed noMessage) {
                LOG.debug("the MCP server {} said what is no message: {}", end, line);
            }
        }
    }

    /** Read to its end whatever it says: a program that can't complain stops. */
    private void log(InputStream complaints) {
        byte[] some = new byte[LONGEST_COMPLAINT];
        try (complaints) {
            for (int count = complaints.read(some); count >= 0; count = complaints.read(some)) {
                if (LOG.isDebugEnabled()) {
                    LOG.debug("the MCP server {} says: {}", end, new String(some, 0, count, UTF_8).strip());
                }
            }
        } catch (IOException _) {
            // it has ended
        }
    }

    @Override
    public void send(Outbound message, Ask ask) throws WireFailed {
        Process running = process;
        if (over || running == null) {
            throw WireFailed.of(Kind.GONE, "its process has ended");
        }
        AtomicBoolean written = new AtomicBoolean();
        ask.underWay(() -> {
            if (!written.get()) {
                close(); // it does not read what it is sent, and nothing else ends the wait for it
            }
            message.requestId()
                    .ifPresent(id ->
                            ask.end().ifPresent(why -> requireNonNull(receiver).unanswered(id, why)));
        });
        writing.lock();
        try {
            OutputStream in = running.getOutputStream();
            in.write(message.json());
            in.write('\n');
            in.flush();
            written.set(true);
        } catch (IOException _) {
            throw ask.end().orElseGet(() -> WireFailed.of(Kind.GONE, "its process has ended"));
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void agreed(String protocolVersion, boolean notices) {
        // it is listened to anyway
    }

    @Override
    public OptionalLong listeningSince() {
        return over ? OptionalLong.empty() : OptionalLong.of(since);
    }

    @Override
    public boolean isOpen() {
        return !over;
    }

    @Override
    public void close() {
        over = true;
        if (process != null) {
            stop(process);
        }
    }

    /** Asks it and all that it has started to end, and ends those that don't. */
    private void stop(Process running) {
        List<ProcessHandle> family = running.descendants().toList();
        running.destroy();
        family.forEach(ProcessHandle::destroy);
        threads.start("mcp-process-end", () -> {
            try {
                if (!running.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                running.destroyForcibly();
            }
            family.forEach(ProcessHandle::destroyForcibly);
        });
    }
}
