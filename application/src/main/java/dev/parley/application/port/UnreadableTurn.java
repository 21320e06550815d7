package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.turn.TurnId;

/** What is stored of a turn can't be read: it is damaged, or another version of this server has written it. */
@SuppressWarnings("serial") // never leaves the process
public final class UnreadableTurn extends IllegalStateException {

    /** @param why in words for an operator, without anything that the turn holds */
    public UnreadableTurn(TurnId turn, String why, Throwable cause) {
        super("The stored turn %s can't be read: %s".formatted(requireNonNull(turn, "turn"), why), cause);
    }
}
