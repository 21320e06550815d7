package dev.parley.persistence;

import dev.parley.application.port.Replicas;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The processes on one PostgreSQL, told apart by rows with heartbeats. */
@Singleton
final class PostgresReplicas implements Replicas {

    private final ReplicaRows rows;
    private final TurnRows turns;
    private final ThisReplica self;
    private final AtomicBoolean othersAreKnownDead;

    PostgresReplicas(ReplicaRows rows, TurnRows turns, ThisReplica self, ReplicaConfiguration configuration) {
        this.rows = rows;
        this.turns = turns;
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
                .map(row ->
                        new Abandoned(new Owner(row.owner()), new TurnId(row.id()), row.revision(), row.startedAt()))
                .toList();
    }

    @Override
    public void leave() {
        rows.delete(self.id());
    }
}
