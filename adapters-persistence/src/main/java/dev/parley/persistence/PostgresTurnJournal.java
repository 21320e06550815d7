package dev.parley.persistence;

import dev.parley.application.port.RequestKey;
import dev.parley.application.port.TurnJournal;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnState;
import dev.parley.persistence.json.BodyCodec;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns written to PostgreSQL: each observation is one statement, and the statement's outcome says who won. */
@Singleton
final class PostgresTurnJournal implements TurnJournal {

    private static final int NO_STEP = -1;

    private final JournalRows rows;
    private final TurnRows turns;
    private final TurnReader reader;
    private final BodyCodec codec;
    private final ThisReplica self;

    PostgresTurnJournal(JournalRows rows, TurnRows turns, TurnReader reader, BodyCodec codec, ThisReplica self) {
        this.rows = rows;
        this.turns = turns;
        this.reader = reader;
        this.codec = codec;
        this.self = self;
    }

    @Override
    public Beginning begin(Owner owner, Turn turn, Optional<RequestKey> request) {
        NewTurn row = NewTurn.of(owner.id(), turn, request, self, codec);
        return switch (turn.origin()) {
            case Origin.InSession(SessionId session) -> {
                Supplier<Optional<TurnRow>> known =
                        () -> request.flatMap(name -> turns.findByRequest(owner.id(), session.value(), name.key()));
                try {
                    yield beginning(row.beginIn(rows, session), known);
                } catch (DataAccessException e) {
                    if (Violated.isForeignKey(e)) {
                        yield new Beginning.NoOrigin();
                    }
                    throw e;
                }
            }
            case Origin.InConversation(ConversationId conversation) ->
                beginning(row.beginIn(rows, conversation), () -> outsideOfSessions(owner, request));
            case Origin.AfterTurn(Optional<TurnId> previous) -> beginAfter(owner, row, previous, request);
        };
    }

    /** Tries again when another one was quicker: the turn then begins a thread of its own, or is known. */
    private Beginning beginAfter(Owner owner, NewTurn row, Optional<TurnId> previous, Optional<RequestKey> request) {
        while (true) {
            try {
                String outcome = row.beginAfter(rows, previous);
                Optional<TurnRow> known =
                        outcome.equals(JournalRows.BEGUN) ? Optional.empty() : outsideOfSessions(owner, request);
                if (!outcome.equals(JournalRows.KNOWN) || known.isPresent()) {
                    return beginning(outcome, () -> known);
                }
            } catch (DataAccessException e) {
                if (!Violated.isUnique(e, "turn_in_order", "turn_running_alone", "turn_by_request_alone")) {
                    throw e;
                }
            }
        }
    }

    private Optional<TurnRow> outsideOfSessions(Owner owner, Optional<RequestKey> request) {
        return request.flatMap(name -> turns.findByRequest(owner.id(), name.key()));
    }

    /** @param known the turn that a request of the same name has begun, if one has */
    private Beginning beginning(String outcome, Supplier<Optional<TurnRow>> known) {
        return switch (outcome) {
            case JournalRows.BEGUN -> new Beginning.Begun();
            case JournalRows.NO_ORIGIN -> new Beginning.NoOrigin();
            default -> known.get().<Beginning>map(this::alreadyBegun).orElseGet(Beginning.OriginBusy::new);
        };
    }

    @Override
    public Optional<Beginning.AlreadyBegun> begunBefore(Owner owner, Origin origin, RequestKey request) {
        Optional<TurnRow> known = switch (origin) {
            case Origin.InSession(SessionId session) -> turns.findByRequest(owner.id(), session.value(), request.key());
            case Origin.InConversation _ -> turns.findByRequest(owner.id(), request.key());
            case Origin.AfterTurn(Optional<TurnId> previous) ->
                turns.findByRequest(owner.id(), request.key())
                        .or(() -> previous.flatMap(
                                id -> turns.findByRequestInSessionOf(owner.id(), id.value(), request.key())));
        };
        return known.map(this::alreadyBegun);
    }

    private Beginning.AlreadyBegun alreadyBegun(TurnRow row) {
        return new Beginning.AlreadyBegun(reader.read(row), requestOf(row));
    }

    @Override
    public Saving save(Owner owner, Turn before, Turn after) {
        try {
            int moved = move(owner, before, after);
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

    private int move(Owner owner, Turn before, Turn after) {
        boolean grew = after.steps().size() > before.steps().size();
        List<Item> kept = after.origin() instanceof Origin.InConversation ? TurnItems.kept(after) : List.of();
        String state = StateName.of(after.state());
        String outcome = codec.write(after.state());
        int stepPosition = grew ? before.steps().size() : NO_STEP;
        @Nullable String step = grew ? codec.write(after.steps().getLast()) : null;
        return kept.isEmpty()
                ? rows.move(
                        owner.id(),
                        after.id().value(),
                        before.revision(),
                        state,
                        outcome,
                        after.restedAt().orElse(null),
                        self.id(),
                        stepPosition,
                        BodyCodec.VERSION,
                        after.standsForAllBefore(),
                        step)
                : rows.moveAndKeep(
                        owner.id(),
                        after.id().value(),
                        before.revision(),
                        state,
                        outcome,
                        after.restedAt().orElse(null),
                        self.id(),
                        stepPosition,
                        BodyCodec.VERSION,
                        after.standsForAllBefore(),
                        step,
                        kept.stream().map(item -> item.id().value()).toArray(String[]::new),
                        kept.stream().map(codec::write).toArray(String[]::new),
                        kept.stream().map(Item::standsForAllBefore).toArray(Boolean[]::new));
    }

    @Override
    public Saving fail(Owner owner, TurnId turn, long revision, Failure failure, Instant at) {
        TurnState failed = new TurnState.Failed(failure);
        return rows.move(
                                owner.id(),
                                turn.value(),
                                revision,
                                StateName.of(failed),
                                codec.write(failed),
                                at,
                                self.id(),
                                NO_STEP,
                                BodyCodec.VERSION,
                                false,
                                null)
                        == 1
                ? Saving.SAVED
                : Saving.LOST;
    }

    private Saving whyNotMoved(Owner owner, Turn before, Turn after) {
        boolean wouldRunAgain = before.isAtRest() && after.state() instanceof TurnState.Running;
        return wouldRunAgain
                        && after.origin() instanceof Origin.InSession(SessionId session)
                        && rows.anotherRuns(
                                owner.id(), session.value(), after.id().value())
                ? Saving.SESSION_BUSY
                : Saving.LOST;
    }

    @Override
    public boolean claim(Owner owner, TurnId turn, long revision) {
        return rows.claim(owner.id(), turn.value(), revision, self.id(), self.deadAfterSeconds()) > 0;
    }

    @Override
    public Optional<BrokenRuns> countBroken(Owner owner, TurnId turn) {
        return rows.countBroken(owner.id(), turn.value()).stream()
                .map(row -> new BrokenRuns(row.brokenRuns(), row.revision(), row.startedAt()))
                .findFirst();
    }

    @Override
    public void handOver(Owner owner, TurnId turn) {
        rows.handOver(owner.id(), turn.value(), self.id());
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
}
