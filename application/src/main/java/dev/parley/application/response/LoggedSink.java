package dev.parley.application.response;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.EventLog;
import dev.parley.application.port.TurnSink;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is told of a turn into the log, many events at a time: facts at once, with all that came before them, and
 * progress after a short while. A log that takes no more from this process means that the turn is another's by now.
 */
final class LoggedSink implements TurnSink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedSink.class);

    /** A writer that is behind holds its turn back before this many events wait. */
    private static final int MOST_WAITING = 2_000;

    private final EventLog log;
    private final Owner owner;
    private final Turn turn;
    private final Cancellation cancellation;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread writer;

    /** Guards what is added, and is never held while the log is written. */
    private final Object adding = new Object();

    private List<EventLog.Entry> waiting = new ArrayList<>();
    private int steps;

    /** Held by whoever writes, one at a time, so that all is written in the order in which it was told. */
    private final Object writing = new Object();

    private long last;
    private boolean failing;

    /**
     * @param logged what the log tells already
     * @param cancellation is requested when the log takes no more
     * @param pause how long progress waits for more
     */
    LoggedSink(EventLog log, Owner owner, Turn turn, LoggedTurn logged, Cancellation cancellation, Duration pause) {
        this.log = log;
        this.owner = owner;
        this.turn = turn;
        this.last = logged.last();
        this.steps = logged.told();
        this.cancellation = cancellation;
        this.writer = Thread.ofVirtual().name("log of turn " + turn.id()).start(() -> writeNowAndThen(pause));
    }

    /** The events as they are logged, after so many completed steps. */
    static List<EventLog.Entry> entries(List<TurnEvent> events, int told) {
        List<EventLog.Entry> entries = new ArrayList<>();
        int steps = told;
        for (TurnEvent event : events) {
            EventLog.Entry entry = entry(event, steps);
            entries.add(entry);
            steps += entry instanceof EventLog.Entry.Completed ? 1 : 0;
        }
        return entries;
    }

    private static EventLog.Entry entry(TurnEvent event, int steps) {
        return switch (event) {
            case TurnEvent.TurnStarted _ -> new EventLog.Entry.Started();
            case TurnEvent.TurnPickedUp _ -> new EventLog.Entry.PickedUp();
            case TurnEvent.StepCompleted _ -> new EventLog.Entry.Completed(steps);
            case TurnEvent.TurnRested _ -> new EventLog.Entry.Rested();
            case TurnEvent.Progress progress -> new EventLog.Entry.Progress(progress);
        };
    }

    @Override
    public void emit(TurnEvent event) {
        boolean now;
        synchronized (adding) {
            EventLog.Entry entry = entry(event, steps);
            steps += entry instanceof EventLog.Entry.Completed ? 1 : 0;
            waiting.add(entry);
            now = !(entry instanceof EventLog.Entry.Progress) || waiting.size() % MOST_WAITING == 0;
        }
        if (now) {
            write();
        }
    }

    @Override
    public void flush() {
        // the writer decides when: what is told of a token must not cost a commit
    }

    /** Writes what is left. */
    @Override
    public void close() {
        closed.countDown();
        try {
            writer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        write();
    }

    private void writeNowAndThen(Duration pause) {
        try {
            while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                write();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that was told before is written, or was tried to be, when this returns. */
    private void write() {
        synchronized (writing) {
            List<EventLog.Entry> entries = takeWaiting();
            if (entries.isEmpty()) {
                return;
            }
            try {
                if (log.append(owner, turn.id(), last, entries)) {
                    last += entries.size();
                    failing = false;
                } else {
                    cancellation.request(Cancellation.Reason.TAKEN);
                }
            } catch (RuntimeException failure) {
                // kept for the next try; a store that stays away fails the turn's own writing
                putBack(entries);
                if (!failing) {
                    LOG.warn("turn {}: what is told of it can't be logged just now", turn.id(), failure);
                }
                failing = true;
            }
        }
    }

    private List<EventLog.Entry> takeWaiting() {
        synchronized (adding) {
            List<EventLog.Entry> taken = waiting;
            waiting = new ArrayList<>();
            return taken;
        }
    }

    private void putBack(List<EventLog.Entry> entries) {
        synchronized (adding) {
            entries.addAll(waiting);
            waiting = entries;
        }
    }
}
