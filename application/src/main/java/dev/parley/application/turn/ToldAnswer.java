package dev.parley.application.turn;

import dev.parley.application.port.TurnSink;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.turn.AnswerSoFar;
import dev.parley.domain.turn.CallNames;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.PartialAnswer;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tells the turn's reader of an answer, and keeps what it has told: it is all that is known of one that does not come to its end. */
final class ToldAnswer implements Consumer<Delta> {

    private final TurnSink sink;
    private final StepId step;
    private final CallNames names;
    private final AnswerSoFar soFar = new AnswerSoFar();

    /** @param names what its calls are called to the reader */
    ToldAnswer(TurnSink sink, StepId step, CallNames names) {
        this.sink = sink;
        this.step = step;
        this.names = names;
    }

    @Override
    public void accept(Delta delta) {
        Delta named = names.of(delta);
        soFar.add(named);
        sink.emit(new TurnEvent.StepProgressed(step, StepKind.INFERENCE, named));
    }

    /** A whole answer, its calls called as the reader knows them. */
    Message.Assistant named(Message.Assistant answer) {
        return names.of(answer);
    }

    PartialAnswer told() {
        return soFar.told();
    }

    /** All of it as a message. */
    Message.Assistant message() {
        PartialAnswer told = soFar.told();
        List<Passage> passages = new ArrayList<>(told.whole());
        told.open().ifPresent(passages::add);
        return new Message.Assistant(passages, StopReason.END_OF_TURN);
    }
}
