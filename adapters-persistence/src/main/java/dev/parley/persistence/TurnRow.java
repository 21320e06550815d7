package dev.parley.persistence;

import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.persistence.json.BodyCodec;
import dev.parley.persistence.json.TurnBody;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Optional;

/**
 * A turn as the queries read it.
 *
 * @param steps its steps, gathered into one array by the query
 */
@MappedEntity("turn")
record TurnRow(
        @Id String id,
        String owner,
        String sessionId,
        long revision,
        Instant startedAt,
        @Nullable Instant restedAt,
        @Nullable String requestKey,
        @Nullable String requestFingerprint,
        int schemaVersion,
        String body,
        String outcome,
        String steps) {

    /** @throws dev.parley.persistence.json.Unreadable when its bodies can't be read */
    Turn toTurn(BodyCodec codec) {
        TurnBody settled = codec.readTurnBody(schemaVersion, body);
        return new Turn(
                new TurnId(id),
                new Origin.InSession(new SessionId(sessionId)),
                settled.spec(),
                settled.input(),
                settled.documents(),
                codec.readSteps(steps),
                codec.readTurnState(schemaVersion, outcome),
                startedAt,
                Optional.ofNullable(restedAt),
                revision);
    }
}
