package dev.parley.application.turn;

import dev.parley.application.port.Replicas;
import dev.parley.application.port.TurnJournal;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Period;
import dev.parley.domain.turn.TurnId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds turns that nobody drives any more and marks them as failed, so that their sessions can go on. */
public final class RecoverTurns {

    private static final Logger LOG = LoggerFactory.getLogger(RecoverTurns.class);
    private static final int BATCH = 100;
    private static final Failure INTERRUPTED = Failure.of(
            Failure.Code.INTERRUPTED,
            "The server that ran this turn ended before the turn was done; its steps are kept, start a new turn");

    private final Replicas replicas;
    private final TurnJournal journal;
    private final RunningTurns running;
    private final InstantSource clock;

    public RecoverTurns(Replicas replicas, TurnJournal journal, RunningTurns running, InstantSource clock) {
        this.replicas = replicas;
        this.journal = journal;
        this.running = running;
        this.clock = clock;
    }

    /**
     * Says that this process lives, then marks what others, or lost writes of its own, have left. Blocks on the store.
     * Replicas may do so at the same time: each turn is marked once.
     *
     * @return how many turns this call marked; one that could not be marked is left for the next call
     */
    public int recover() {
        replicas.beat();
        int all = 0;
        int found;
        int marked;
        do {
            List<Replicas.Abandoned> abandoned = replicas.abandoned(running.ids(), BATCH);
            found = abandoned.size();
            marked = (int) abandoned.stream().filter(this::mark).count();
            all += marked;
        } while (found == BATCH && marked > 0);
        return all;
    }

    private boolean mark(Replicas.Abandoned abandoned) {
        TurnId turn = abandoned.turn();
        if (running.ids().contains(turn)) {
            // it began here after the set of driven turns was taken
            return false;
        }
        try {
            Instant at = Period.ending(abandoned.startedAt(), clock.instant()).end();
            if (journal.fail(abandoned.owner(), turn, abandoned.revision(), INTERRUPTED, at)
                    != TurnJournal.Saving.SAVED) {
                return false;
            }
        } catch (RuntimeException failure) {
            LOG.warn("turn {}: nobody drives it any more, but it could not be marked as failed", turn, failure);
            return false;
        }
        LOG.warn("turn {}: nobody drives it any more; marked as failed", turn);
        return true;
    }
}
