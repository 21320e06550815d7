package dev.parley.application.turn;

import dev.parley.domain.turn.Violation;
import java.util.Optional;

/**
 * What the output shields have said of a turn's last answer while it came. Where they saw all of it they need not be asked again
 * when the answer is there; a turn that is picked up elsewhere has them asked again.
 */
final class Judged {

    private static final int NONE = -1;

    private int answer = NONE;
    private Optional<Violation> lesser = Optional.empty();

    /**
     * They have let pass all of an answer.
     *
     * @param step the place of its step in the turn
     * @param noted the lesser violation that they noted, if any
     */
    void passed(int step, Optional<Violation> noted) {
        answer = step;
        lesser = noted;
    }

    /** Whether they have let pass all of the answer of that step. */
    boolean hasPassed(int step) {
        return answer == step;
    }

    /** What they noted of it nevertheless. */
    Optional<Violation> lesser() {
        return lesser;
    }
}
