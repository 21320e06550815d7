package dev.parley.application.turn;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.TurnSink;
import dev.parley.domain.Owner;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import java.util.List;
import java.util.Optional;

/**
 * What the next step of a turn is made with.
 *
 * @param turn as it was stored last
 * @param calls that have begun, of this step or of later ones
 * @param judged what the output shields have said already
 */
record StepRun(
        Owner owner,
        Turn turn,
        History history,
        CallsAtOnce calls,
        Judged judged,
        TurnSink sink,
        Cancellation cancellation) {

    StepId step() {
        return turn.nextStepId();
    }

    /** All that the model is shown by now. */
    List<Message> conversation() {
        return history.prompt(turn);
    }

    /** What is left to do then is for later turns. */
    boolean hasItsAnswer() {
        return !turn.input().asksForCompaction();
    }

    void started(StepKind kind, Optional<Touchpoint> touchpoint) {
        sink.emit(new TurnEvent.StepStarted(step(), kind, touchpoint));
        sink.flush();
    }
}
