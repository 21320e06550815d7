package dev.parley.domain.item;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.turn.TurnId;
import java.util.Optional;

/**
 * The id of an item, as clients know it. Ids that this server gives out tell which turn the item belongs to, so that an
 * item can be found by its id alone; clients may bring ids of their own.
 *
 * @param value opaque text; one that does not exist is simply not found
 */
public record ItemId(String value) {

    private static final int TURN_LENGTH = 32;
    private static final String INPUT = "i";

    public ItemId {
        requireNonNull(value, "value");
    }

    /**
     * The id of what a step has told.
     *
     * @param prefix what kind of item it is, such as {@code msg}
     * @param step the place of the step in its turn, counted from 0
     * @param ordinal the place of the item among those of the step, counted from 0
     */
    public static ItemId ofOutput(String prefix, TurnId turn, int step, int ordinal) {
        return new ItemId("%s_%so%02xn%02x".formatted(prefix, turn.hex(), step, ordinal));
    }

    /** The id of the item at a place in what a turn was given, counted from 0. */
    public static ItemId ofInput(String prefix, TurnId turn, int place) {
        return new ItemId("%s_%s%s%02x".formatted(prefix, turn.hex(), INPUT, place));
    }

    /** The turn that an id of this server's making belongs to; empty for any other id. */
    public Optional<TurnId> turn() {
        int start = value.indexOf('_') + 1;
        return start > 0 && value.length() > start + TURN_LENGTH
                ? TurnId.ofHex(value.substring(start, start + TURN_LENGTH))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
