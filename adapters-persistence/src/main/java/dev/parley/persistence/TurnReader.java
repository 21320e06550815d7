package dev.parley.persistence;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.UnreadableTurn;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.persistence.json.BodyCodec;
import dev.parley.persistence.json.Unreadable;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Puts turns together from their rows. */
@Singleton
final class TurnReader {

    private static final String KIND = "turn";

    private final BodyCodec codec;

    TurnReader(BodyCodec codec) {
        this.codec = codec;
    }

    /** @throws UnreadableTurn when the row can't be read */
    Turn read(TurnRow row) {
        Specs specs = new Specs();
        specs.moveTo(row);
        try {
            return turn(row, specs);
        } catch (Unreadable unreadable) {
            throw new UnreadableTurn(new TurnId(row.id()), String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    /** The turn; empty, and logged, when the row can't be read. */
    Optional<Turn> readOrSkip(TurnRow row) {
        return readOrSkip(row, new Specs());
    }

    /** The turns of a line that can be read; the others are logged. */
    List<Turn> readOldestFirst(List<TurnRow> newestFirst) {
        Specs specs = new Specs();
        return newestFirst.stream()
                .map(row -> readOrSkip(row, specs))
                .flatMap(Optional::stream)
                .toList()
                .reversed();
    }

    private Optional<Turn> readOrSkip(TurnRow row, Specs specs) {
        specs.moveTo(row);
        return Readable.orEmpty(KIND, row.id(), () -> turn(row, specs));
    }

    private Turn turn(TurnRow row, Specs specs) {
        return new Turn(
                new TurnId(row.id()),
                origin(row),
                specs.current(),
                codec.readTurnInput(row.schemaVersion(), row.body()),
                codec.readSteps(row.steps()),
                codec.readTurnState(row.outcomeVersion(), row.outcome()),
                row.startedAt(),
                Optional.ofNullable(row.restedAt()),
                row.revision());
    }

    private static Origin origin(TurnRow row) {
        if (row.sessionId() != null) {
            return new Origin.InSession(new SessionId(row.sessionId()));
        }
        return row.conversationId() == null
                ? new Origin.AfterTurn(Optional.ofNullable(row.previousId()).map(TurnId::new))
                : new Origin.InConversation(new ConversationId(row.conversationId()));
    }

    /** The specs of rows that are read one after another, each decoded once for all the rows that share it. */
    private final class Specs {

        @Nullable
        private TurnRow holder;

        @Nullable
        private TurnSpec decoded;

        void moveTo(TurnRow row) {
            if (row.spec() != null) {
                holder = row;
                decoded = null;
            }
        }

        TurnSpec current() {
            TurnSpec spec = decoded;
            if (spec == null) {
                TurnRow row = requireNonNull(holder, "the first row has its spec");
                spec = codec.readTurnSpec(row.specVersion(), requireNonNull(row.spec()));
                decoded = spec;
            }
            return spec;
        }
    }
}
