package dev.parley.persistence;

import dev.parley.application.port.Replicas;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The processes on one PostgreSQL, told apart by rows with heartbeats. */
@Singleton
final class PostgresReplicas implements Replicas {

    private final ReplicaRows rows;
    private final TurnRows turns;
    private final TurnReader reader;
    private final ThisReplica self;
    private final AtomicBoolean othersAreKnownDead;

    PostgresReplicas(
            ReplicaRows rows, TurnRows turns, TurnReader reader, ThisReplica self, ReplicaConfiguration configuration) {
        this.rows = rows;
        this.turns = turns;
        this.reader = reader;
        this.self = self;
        this.othersAreKnownDead = new AtomicBoolean(configuration.alone());
    }

    @Override
    public void beat() {
        rows.beat(self.id(), self.deadAfterSeconds());
        if (othersAreKnownDead.get()) {
            rows.deleteOthers(self.id());
            othersAreKnownDead.set(false);
        }
    }

    @Override
    public List<Abandoned> abandoned(Set<TurnId> driven, int limit) {
        String[] ids = driven.stream().map(TurnId::value).toArray(String[]::new);
        return turns.abandoned(self.id(), ids, self.deadAfterSeconds(), limit).stream()
                .map(row -> reader.readOrSkip(row).map(turn -> new Abandoned(new Owner(row.owner()), turn)))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void leave() {
        rows.delete(self.id());
    }
}
