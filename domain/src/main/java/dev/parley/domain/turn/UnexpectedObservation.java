package dev.parley.domain.turn;

/**
 * An observation that the turn did not ask for. It is a mistake of whoever drives the turn, never of a client, and the
 * turn is as it was.
 */
@SuppressWarnings("serial") // never leaves the process
public final class UnexpectedObservation extends IllegalStateException {

    UnexpectedObservation(Turn turn, Observation observation) {
        super("turn %s is %s and next is %s, so it cannot observe %s"
                .formatted(
                        turn.id(),
                        turn.state().getClass().getSimpleName(),
                        turn.next().getClass().getSimpleName(),
                        observation.getClass().getSimpleName()));
    }
}
