package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Refusal;

/** What comes of showing an observation to a turn. */
sealed interface Outcome {

    record Becomes(Class<? extends TurnState> state) implements Outcome {
        public Becomes {
            requireNonNull(state, "state");
        }

        @Override
        public String toString() {
            return state.getSimpleName();
        }
    }

    record Refused(Refusal.Code code) implements Outcome {
        public Refused {
            requireNonNull(code, "code");
        }

        @Override
        public String toString() {
            return "refused " + code;
        }
    }

    record Unexpected() implements Outcome {
        @Override
        public String toString() {
            return "–";
        }
    }

    static Outcome of(Turn turn, Observation observation) {
        try {
            return new Becomes(turn.observe(observation).state().getClass());
        } catch (Refusal refusal) {
            return new Refused(refusal.code());
        } catch (UnexpectedObservation _) {
            return new Unexpected();
        }
    }
}
