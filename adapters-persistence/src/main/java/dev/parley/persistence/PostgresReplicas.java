package dev.parley.persistence;

import dev.parley.application.port.Replicas;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;
import dev.parley.persistence.json.BodyCodec;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** The processes on one PostgreSQL, told apart by rows with heartbeats. */
@Singleton
final class PostgresReplicas implements Replicas {

    /** No turn has this id; it stands in where a list of ids would be empty, which SQL does not allow. */
    private static final Set<String> NO_TURN = Set.of("");

    private final ReplicaRows rows;
    private final TurnRows turns;
    private final BodyCodec codec;
    private final ThisReplica self;
    private final Duration deadAfter;
    private final AtomicBoolean othersAreKnownDead;

    PostgresReplicas(
            ReplicaRows rows, TurnRows turns, BodyCodec codec, ThisReplica self, ReplicaConfiguration configuration) {
        this.rows = rows;
        this.turns = turns;
        this.codec = codec;
        this.self = self;
        this.deadAfter = configuration.deadAfter();
        this.othersAreKnownDead = new AtomicBoolean(configuration.alone());
    }

    @Override
    public void beat() {
        rows.beat(self.id());
        if (othersAreKnownDead.getAndSet(false)) {
            rows.deleteOthers(self.id());
        }
        rows.deleteOld();
    }

    @Override
    public List<Abandoned> abandoned(Set<TurnId> driven, int limit) {
        Set<String> ids =
                driven.isEmpty() ? NO_TURN : driven.stream().map(TurnId::value).collect(Collectors.toSet());
        return turns.abandoned(self.id(), ids, deadAfter.toMillis() / 1000.0, limit).stream()
                .map(row -> Readable.orEmpty(
                        "turn", row.id(), () -> new Abandoned(new Owner(row.owner()), row.toTurn(codec))))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void leave() {
        rows.delete(self.id());
    }
}
