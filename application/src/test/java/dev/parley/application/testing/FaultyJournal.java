package dev.parley.application.testing;

import dev.parley.application.port.RequestKey;
import dev.parley.application.port.TurnJournal;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A journal that writes into another one, and does what it was told before its next writes. */
public final class FaultyJournal implements TurnJournal {

    private final TurnJournal journal;
    private final Queue<Runnable> beforeBegin = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> beforeLookingBack = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> beforeSave = new ConcurrentLinkedQueue<>();

    public FaultyJournal(TurnJournal journal) {
        this.journal = journal;
    }

    /** Has something happen before the next turn is begun; a throw keeps it from being written. */
    public void beforeBegin(Runnable action) {
        beforeBegin.add(action);
    }

    /** Has something happen before it is next looked up what a request has begun before. */
    public void beforeLookingBack(Runnable action) {
        beforeLookingBack.add(action);
    }

    /** Has something happen before the next turn is moved; a throw keeps it from being written. */
    public void beforeSave(Runnable action) {
        beforeSave.add(action);
    }

    /** Has the writes of the next turns that are moved fail. */
    public void failSave() {
        beforeSave(() -> {
            throw new StoreFailed();
        });
    }

    @Override
    public Beginning begin(Owner owner, Turn turn, Optional<RequestKey> request) {
        Optional.ofNullable(beforeBegin.poll()).ifPresent(Runnable::run);
        return journal.begin(owner, turn, request);
    }

    @Override
    public Optional<Beginning.AlreadyBegun> begunBefore(Owner owner, Origin origin, RequestKey request) {
        Optional.ofNullable(beforeLookingBack.poll()).ifPresent(Runnable::run);
        return journal.begunBefore(owner, origin, request);
    }

    @Override
    public Saving save(Owner owner, Turn before, Turn after) {
        Optional.ofNullable(beforeSave.poll()).ifPresent(Runnable::run);
        return journal.save(owner, before, after);
    }

    @Override
    public boolean claim(Owner owner, TurnId turn, long revision) {
        return journal.claim(owner, turn, revision);
    }

    @Override
    public Optional<BrokenRuns> countBroken(Owner owner, TurnId turn) {
        return journal.countBroken(owner, turn);
    }

    @Override
    public void handOver(Owner owner, TurnId turn) {
        journal.handOver(owner, turn);
    }

    @Override
    public Saving fail(Owner owner, TurnId turn, long revision, Failure failure, Instant at) {
        Optional.ofNullable(beforeSave.poll()).ifPresent(Runnable::run);
        return journal.fail(owner, turn, revision, failure, at);
    }

    /** What a store throws that can't write. */
    @SuppressWarnings("serial") // never leaves the process
    public static final class StoreFailed extends RuntimeException {
        public StoreFailed() {
            super("the store does not answer");
        }
    }
}
