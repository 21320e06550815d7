package dev.parley.persistence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Replicas;
import dev.parley.application.port.Replicas.Abandoned;
import dev.parley.application.port.ReplicasContract;
import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PostgresReplicasTest extends ReplicasContract {

    private static final int MANY = 10_000;

    private final PersistenceProcess shared = PersistenceProcess.shared();
    private final Map<Replicas, ThisReplica> names = new HashMap<>();

    @Override
    protected Store newProcess() {
        return newProcess(false);
    }

    private Store newProcess(boolean alone) {
        var configuration = new ReplicaConfiguration(Duration.ofSeconds(2), Duration.ofSeconds(10), alone);
        ThisReplica self = new ThisReplica(configuration);
        Store store = shared.storeOf(self, configuration);
        names.put(store.replicas(), self);
        return store;
    }

    @Override
    protected void stopHeart(Store process) {
        shared.execute(
                "update replica set heartbeat_at = now() - interval '1 hour' where id = '%s'".formatted(name(process)));
    }

    @Test
    void aProcessThatWasSilentItselfLeavesTheOthersTimeToBeHeard() {
        Store here = started();
        Store there = started();
        TurnId turn = StoreScene.in(there).running().id();
        TurnId own = StoreScene.in(here).running().id();
        stopHeart(here);
        stopHeart(there);

        here.replicas().beat();

        assertThat(abandonedSeenFrom(here)).contains(own).doesNotContain(turn);
        shared.execute("update replica set steady_since = steady_since - interval '11 seconds' where id = '%s'"
                .formatted(name(here)));
        here.replicas().beat();
        assertThat(abandonedSeenFrom(here)).contains(turn);
    }

    @Test
    void aProcessThatIsAloneTakesAllOthersForDeadOnce() {
        Store there = started();
        Turn turn = StoreScene.in(there).running();
        Store alone = newProcess(true);

        alone.replicas().beat();

        assertThat(abandonedSeenFrom(alone)).contains(turn.id());
        there.replicas().beat();
        alone.replicas().beat();
        assertThat(abandonedSeenFrom(alone)).doesNotContain(turn.id());
    }

    @Test
    void theRowOfALongDeadProcessIsDropped() {
        Store dead = started();
        shared.execute(
                "update replica set heartbeat_at = now() - interval '2 days' where id = '%s'".formatted(name(dead)));

        started();

        assertThat(shared.ask("select count(*) from replica where id = '%s'".formatted(name(dead))))
                .isEqualTo("0");
    }

    private Store started() {
        Store process = newProcess();
        process.replicas().beat();
        return process;
    }

    private String name(Store process) {
        return requireNonNull(names.get(process.replicas())).id();
    }

    private static List<TurnId> abandonedSeenFrom(Store process) {
        return process.replicas().abandoned(Set.of(), MANY).stream()
                .map(Abandoned::turn)
                .toList();
    }
}
