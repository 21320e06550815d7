package dev.parley.application.turn;

import dev.parley.application.port.Replicas;
import dev.parley.application.port.TurnJournal;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Turn;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds turns that nobody drives any more and marks them as failed, so that their sessions can go on. */
public final class RecoverTurns {

    private static final Logger LOG = LoggerFactory.getLogger(RecoverTurns.class);
    private static final int BATCH = 100;
    private static final Failure INTERRUPTED = new Failure(
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
     * @return how many turns this call marked
     */
    public int recover() {
        replicas.beat();
        int marked = 0;
        List<Replicas.Abandoned> found;
        do {
            found = replicas.abandoned(running.ids(), BATCH);
            for (Replicas.Abandoned abandoned : found) {
                Turn turn = abandoned.turn();
                if (running.ids().contains(turn.id())) {
                    // it began here after the set of driven turns was taken
                    continue;
                }
                Turn failed = turn.observe(new Observation.Broke(INTERRUPTED, turn.later(clock.instant())));
                if (journal.save(abandoned.owner(), turn, failed) == TurnJournal.Saving.SAVED) {
                    LOG.warn("turn {}: nobody drives it any more; marked as failed", turn.id());
                    marked++;
                }
            }
        } while (found.size() == BATCH);
        return marked;
    }
}
