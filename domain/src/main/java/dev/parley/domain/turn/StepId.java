package dev.parley.domain.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * The id of a step. It follows from the turn's id and the step's place in it, so that a step has its id before it is
 * stored and the same one wherever it is looked at.
 */
public record StepId(String value) {

    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_4 = 0x4000L;

    public StepId {
        requireNonNull(value, "value");
    }

    /** The id of the step at a place in a turn, counted from 0. */
    public static StepId of(TurnId turn, int index) {
        UUID hashed = UUID.nameUUIDFromBytes((turn.value() + '/' + index).getBytes(UTF_8));
        // clients of the Agents API were only ever shown version 4 (agents-api 1.3)
        long high = (hashed.getMostSignificantBits() & ~VERSION_BITS) | VERSION_4;
        return new StepId(new UUID(high, hashed.getLeastSignificantBits()).toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
