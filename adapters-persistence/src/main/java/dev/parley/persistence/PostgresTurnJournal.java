package dev.parley.persistence;

import dev.parley.application.port.RequestKey;
import dev.parley.application.port.TurnJournal;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnState;
import dev.parley.persistence.json.BodyCodec;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Turns written to PostgreSQL: each observation is one statement, and the statement's outcome says who won. */
@Singleton
final class PostgresTurnJournal implements TurnJournal {

    private static final int NO_STEP = -1;

    private final TurnRows rows;
    private final TurnReader reader;
    private final BodyCodec codec;
    private final ThisReplica self;

    PostgresTurnJournal(TurnRows rows, TurnReader reader, BodyCodec codec, ThisReplica self) {
        this.rows = rows;
        this.reader = reader;
        this.codec = codec;
        this.self = self;
    }

    @Override
    public Beginning begin(Owner owner, Turn turn, Optional<RequestKey> request) {
        String session = sessionOf(turn);
        String spec = codec.write(turn.spec());
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
                    idOf(spec),
                    spec,
                    codec.write(turn.input()),
                    codec.write(turn.state()));
            if (inserted > 0) {
                return new Beginning.Begun();
            }
        } catch (DataAccessException e) {
            if (Violated.isForeignKey(e)) {
                return new Beginning.NoOrigin();
            }
            throw e;
        }
        return request.flatMap(key -> rows.findByRequest(owner.id(), session, key.key()))
                .<Beginning>map(row -> new Beginning.AlreadyBegun(reader.read(row), requestOf(row)))
                .orElseGet(Beginning.OriginBusy::new);
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
                    grew ? codec.write(after.steps().getLast()) : null);
            return switch (moved) {
                case 0 -> whyNotMoved(owner, before, after);
                case 1 -> Saving.SAVED;
                default -> throw new IllegalStateException("%d turns have the id %s".formatted(moved, after.id()));
            };
        } catch (DataAccessException e) {
            if (Violated.isUnique(e, "turn_running_alone")) {
                return Saving.SESSION_BUSY;
            }
            throw e;
        } catch (Refusal unreachable) {
            // a refusal says that nothing was begun, and may be repeated; the work that is to be written here was done
            throw new IllegalStateException(
                    "turn %s can't be stored: %s".formatted(after.id(), unreachable.explanation()), unreachable);
        }
    }

    private Saving whyNotMoved(Owner owner, Turn before, Turn after) {
        boolean wouldRunAgain =
                after.state() instanceof TurnState.Running && !(before.state() instanceof TurnState.Running);
        return wouldRunAgain
                        && rows.anotherRuns(
                                owner.id(), sessionOf(after), after.id().value())
                ? Saving.SESSION_BUSY
                : Saving.LOST;
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

    private static String sessionOf(Turn turn) {
        return switch (turn.origin()) {
            case Origin.InSession(SessionId session) -> session.value();
            case Origin.AfterTurn _, Origin.InConversation _ -> throw new UnsupportedOperationException();
        };
    }

    private static String stateName(TurnState state) {
        return switch (state) {
            case TurnState.Queued _ -> "queued";
            case TurnState.Running _ -> "running";
            case TurnState.AwaitingInput _ -> "awaiting_input";
            case TurnState.Completed _ -> "completed";
            case TurnState.Failed _ -> "failed";
            case TurnState.Cancelled _ -> "cancelled";
        };
    }

    /** A hash of the text, so that the same spec is the same row however often it is used. */
    private static String idOf(String spec) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(spec.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
