package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a reader of a turn is told: {@link Progress}, and facts, which are told only after the turn that contains them was
 * stored.
 */
public sealed interface TurnEvent {

    /** What is on its way the moment that it comes, before anything is stored. */
    sealed interface Progress extends TurnEvent {}

    record TurnStarted(Turn turn) implements TurnEvent {
        public TurnStarted {
            requireNonNull(turn, "turn");
        }
    }

    /**
     * Something is being done.
     *
     * @param touchpoint for a shield call, which side it looks at
     */
    record StepStarted(StepId step, StepKind kind, Optional<Touchpoint> touchpoint) implements Progress {
        public StepStarted {
            requireNonNull(step, "step");
            requireNonNull(kind, "kind");
            requireNonNull(touchpoint, "touchpoint");
        }
    }

    record StepProgressed(StepId step, StepKind kind, Delta delta) implements Progress {
        public StepProgressed {
            requireNonNull(step, "step");
            requireNonNull(kind, "kind");
            requireNonNull(delta, "delta");
        }
    }

    /** A queued turn has begun to run. A fact. */
    record TurnPickedUp(Turn turn) implements TurnEvent {
        public TurnPickedUp {
            requireNonNull(turn, "turn");
        }
    }

    record StepCompleted(TurnId turn, StepId step, Step details) implements TurnEvent {
        public StepCompleted {
            requireNonNull(turn, "turn");
            requireNonNull(step, "step");
            requireNonNull(details, "details");
        }
    }

    /** The last event of a run: the turn awaits input, completed, failed or was cancelled. */
    record TurnRested(Turn turn) implements TurnEvent {
        public TurnRested {
            requireNonNull(turn, "turn");
        }
    }
}
