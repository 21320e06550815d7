package dev.parley.application.response;

import dev.parley.domain.turn.TurnId;
import java.util.Optional;

/**
 * The names that turns have in the Responses API: {@code resp_} and the turn's id without its dashes. Every turn has one,
 * whichever interface it came by.
 */
public final class ResponseId {

    private static final String PREFIX = "resp_";

    private ResponseId() {}

    public static String of(TurnId turn) {
        return PREFIX + turn.hex();
    }

    /** The turn of that name; empty when it can't be the name of one. */
    public static Optional<TurnId> turn(String id) {
        return id.startsWith(PREFIX) ? TurnId.ofHex(id.substring(PREFIX.length())) : Optional.empty();
    }
}
