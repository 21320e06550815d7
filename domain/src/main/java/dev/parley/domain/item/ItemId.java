package dev.parley.domain.item;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.turn.TurnId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an item, as clients know it. Ids that this server gives out tell which turn the item belongs to, so that an
 * item can be found by its id alone; clients may bring ids of their own.
 *
 * @param value opaque text; one that does not exist is simply not found
 */
public record ItemId(String value) {

    /** Ids that others give out may begin with as many hexadecimal digits, so what follows them counts. */
    private static final Pattern OURS = Pattern.compile("[a-z]+_([0-9a-f]{32})(i[0-9a-f]+|o[0-9a-f]+n[0-9a-f]+)");

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
        return new ItemId("%s_%si%02x".formatted(prefix, turn.hex(), place));
    }

    /** The turn that an id of this server's making belongs to; empty for any other id. */
    public Optional<TurnId> turn() {
        Matcher ours = OURS.matcher(value);
        return ours.matches() ? TurnId.ofHex(ours.group(1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
