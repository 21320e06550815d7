package dev.parley.application.turn;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How turns behave beside each other.
 *
 * @param busyWait how long a request waits for the running turn of its session before it is refused
 * @param historyTurns how many earlier turns of its session a model is shown, the nearest ones, at least 0
 */
public record TurnSettings(Duration busyWait, int historyTurns) {

    public TurnSettings {
        requireNonNull(busyWait, "busyWait");
        if (busyWait.isNegative() || historyTurns < 0) {
            throw new IllegalArgumentException("neither busyWait nor historyTurns may be negative");
        }
    }
}
