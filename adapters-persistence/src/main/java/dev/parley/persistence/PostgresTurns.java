package dev.parley.persistence;

import dev.parley.application.port.RequestKey;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;
import dev.parley.domain.Owner;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnState;
import dev.parley.persistence.json.BodyCodec;
import dev.parley.persistence.json.TurnBody;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns in PostgreSQL: each observation is one statement, and the statement's outcome says who won. */
@Singleton
final class PostgresTurns implements Turns, TurnJournal {

    private static final int NO_STEP = -1;

    private final TurnRows rows;
    private final BodyCodec codec;
    private final ThisReplica self;

    PostgresTurns(TurnRows rows, BodyCodec codec, ThisReplica self) {
        this.rows = rows;
        this.codec = codec;
        this.self = self;
    }

    @Override
    public Beginning begin(Owner owner, Turn turn, Optional<RequestKey> request) {
        String session = sessionOf(turn);
        try {
            int inserted = rows.insert(
                    owner.id(),
                    turn.id().value(),
                    session,
                    self.id(),
                    turn.startedAt(),
                    request.map(RequestKey::key).orElse(null),
                    request.map(RequestKey::fingerprint).orElse(null),
                    BodyCodec.VERSION,
                    codec.write(new TurnBody(turn.spec(), turn.input(), turn.documents())),
                    codec.write(turn.state()));
            if (inserted > 0) {
                return new Beginning.Begun();
            }
        } catch (DataAccessException e) {
            if (Violated.isForeignKey(e)) {
                return new Beginning.NoSession();
            }
            throw e;
        }
        return request.flatMap(key -> rows.findByRequest(owner.id(), session, key.key()))
                .<Beginning>map(row -> new Beginning.AlreadyBegun(read(row), requestOf(row)))
                .orElseGet(Beginning.SessionBusy::new);
    }

    @Override
    public Saving save(Owner owner, Turn before, Turn after) {
        boolean grew = after.steps().size() > before.steps().size();
        try {
            int moved = rows.move(
                    owner.id(),
                    after.id().value(),
                    before.revision(),
                    stateName(after.state()),
                    codec.write(after.state()),
                    after.restedAt().orElse(null),
                    after.state() instanceof TurnState.Running ? self.id() : null,
                    grew ? before.steps().size() : NO_STEP,
                    BodyCodec.VERSION,
                    grew ? newStep(after) : null);
            return moved > 0 ? Saving.SAVED : Saving.LOST;
        } catch (DataAccessException e) {
            if (Violated.isUnique(e)) {
                return Saving.SESSION_BUSY;
            }
            throw e;
        }
    }

    @Override
    public Optional<Turn> find(Owner owner, SessionId session, TurnId id) {
        return rows.find(owner.id(), session.value(), id.value()).map(this::read);
    }

    @Override
    public boolean isLast(Owner owner, SessionId session, TurnId id) {
        return rows.isLast(owner.id(), session.value(), id.value()).orElse(false);
    }

    @Override
    public List<Turn> inSession(Owner owner, SessionId session) {
        return readAll(rows.inSession(owner.id(), session.value()));
    }

    @Override
    public List<Turn> inSession(Owner owner, SessionId session, Set<TurnId> ids) {
        return ids.isEmpty()
                ? List.of()
                : readAll(rows.inSession(
                        owner.id(),
                        session.value(),
                        ids.stream().map(TurnId::value).toList()));
    }

    @Override
    public List<Turn> before(Owner owner, SessionId session, TurnId id, int limit) {
        return readAll(rows.before(owner.id(), session.value(), id.value(), limit))
                .reversed();
    }

    private List<Turn> readAll(List<TurnRow> found) {
        return found.stream()
                .map(row -> Readable.orEmpty("turn", row.id(), () -> row.toTurn(codec)))
                .flatMap(Optional::stream)
                .toList();
    }

    private Turn read(TurnRow row) {
        return Readable.orThrow("turn", row.id(), () -> row.toTurn(codec));
    }

    private static RequestKey requestOf(TurnRow row) {
        @Nullable String key = row.requestKey();
        @Nullable String fingerprint = row.requestFingerprint();
        if (key == null || fingerprint == null) {
            throw new IllegalStateException(
                    "turn %s was found by a request key that it does not have".formatted(row.id()));
        }
        return new RequestKey(key, fingerprint);
    }

    private String newStep(Turn after) {
        Step step = after.steps().getLast();
        return codec.write(step);
    }

    private static String sessionOf(Turn turn) {
        return switch (turn.origin()) {
            case Origin.InSession(SessionId session) -> session.value();
        };
    }

    static String stateName(TurnState state) {
        return switch (state) {
            case TurnState.Running _ -> "running";
            case TurnState.AwaitingInput _ -> "awaiting_input";
            case TurnState.Completed _ -> "completed";
            case TurnState.Failed _ -> "failed";
            case TurnState.Cancelled _ -> "cancelled";
        };
    }
}
