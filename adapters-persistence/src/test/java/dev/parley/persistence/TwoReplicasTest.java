package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Replicas;
import dev.parley.application.port.RequestKey;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.TurnJournal.Beginning;
import dev.parley.application.port.TurnJournal.Saving;
import dev.parley.application.port.TurnJournalContract;
import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two processes on one database: the contract of the journal holds when each call goes to another of them. */
final class TwoReplicasTest extends TurnJournalContract {

    private static final PersistenceProcess FIRST = PersistenceProcess.onFreshDatabase();
    private static final PersistenceProcess SECOND = PersistenceProcess.on(FIRST.database(), Map.of());

    @AfterAll
    static void end() {
        FIRST.close();
        SECOND.close();
    }

    @Override
    protected Store store() {
        Store first = FIRST.store();
        Store second = SECOND.store();
        return new Store(
                first.agents(),
                second.sessions(),
                first.turns(),
                new Alternating(first.journal(), second.journal()),
                second.replicas(),
                first.conversations(),
                second.items(),
                second.eventLog());
    }

    @Test
    void oneEndsTheTurnsThatTheOtherLeaves() {
        Store first = FIRST.store();
        Store second = SECOND.store();
        first.replicas().beat();
        second.replicas().beat();
        StoreScene scene = StoreScene.in(first);
        Turn turn = scene.running();
        assertThat(abandonedSeenFrom(second)).doesNotContain(turn.id());

        first.replicas().leave();

        assertThat(abandonedSeenFrom(second)).contains(turn.id());
        Turn failed = turn.observe(TurnFixture.broke(turn));
        assertThat(second.journal().save(scene.owner(), turn, failed)).isEqualTo(Saving.SAVED);
        assertThat(first.journal().save(scene.owner(), turn, turn.observe(TurnFixture.answered(turn, "late"))))
                .isEqualTo(Saving.LOST);
        assertThat(first.journal()
                        .begin(scene.owner(), TurnFixture.turn(scene.session().id()), Optional.empty()))
                .isEqualTo(new Beginning.Begun());
        first.agents().delete(scene.owner(), scene.agent().id());
    }

    @Test
    void oneThatKnowsItselfAloneEndsTheTurnsOfItsPredecessorAtOnce() {
        Store first = FIRST.store();
        first.replicas().beat();
        StoreScene scene = StoreScene.in(first);
        Turn turn = scene.running();

        try (PersistenceProcess alone = PersistenceProcess.on(FIRST.database(), Map.of("parley.replica.alone", true))) {
            alone.store().replicas().beat();

            assertThat(abandonedSeenFrom(alone.store())).contains(turn.id());
        }
        first.agents().delete(scene.owner(), scene.agent().id());
    }

    private static List<TurnId> abandonedSeenFrom(Store process) {
        return process.replicas().abandoned(Set.of(), 10_000).stream()
                .map(Replicas.Abandoned::turn)
                .toList();
    }

    /** Every call goes to the other one than the call before, but for background turns, which stay where they are. */
    private static final class Alternating implements TurnJournal {

        private final TurnJournal even;
        private final TurnJournal odd;
        private final AtomicInteger calls = new AtomicInteger();

        Alternating(TurnJournal even, TurnJournal odd) {
            this.even = even;
            this.odd = odd;
        }

        @Override
        public Beginning begin(Owner owner, Turn turn, Optional<RequestKey> request) {
            return forTurn(turn).begin(owner, turn, request);
        }

        @Override
        public Optional<Beginning.AlreadyBegun> begunBefore(Owner owner, Origin origin, RequestKey request) {
            return next().begunBefore(owner, origin, request);
        }

        @Override
        public Saving save(Owner owner, Turn before, Turn after) {
            return forTurn(before).save(owner, before, after);
        }

        @Override
        public boolean claim(Owner owner, TurnId turn, long revision) {
            return even.claim(owner, turn, revision);
        }

        @Override
        public Optional<BrokenRuns> countBroken(Owner owner, TurnId turn) {
            return next().countBroken(owner, turn);
        }

        @Override
        public void handOver(Owner owner, TurnId turn) {
            even.handOver(owner, turn);
        }

        private TurnJournal forTurn(Turn turn) {
            boolean background =
                    turn.spec().terms().filter(ResponseTerms::background).isPresent();
            return background ? even : next();
        }

        @Override
        public Saving fail(Owner owner, TurnId turn, long revision, Failure failure, Instant at) {
            return next().fail(owner, turn, revision, failure, at);
        }

        private TurnJournal next() {
            return calls.getAndIncrement() % 2 == 0 ? even : odd;
        }
    }
}
