package dev.parley.application.turn;

import dev.parley.application.port.Inference;
import dev.parley.application.port.TurnSink;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.TurnEvent;
import java.util.Optional;

/** Passes an answer on to the turn's reader while it comes. All that stands between the two. */
final class StepProgress implements Inference.Progress {

    private final StepId step;
    private final TurnSink sink;

    StepProgress(StepId step, TurnSink sink) {
        this.step = step;
        this.sink = sink;
    }

    @Override
    public void opened() {
        sink.emit(new TurnEvent.StepStarted(step, StepKind.INFERENCE, Optional.empty()));
        sink.flush();
    }

    @Override
    public void delta(Delta delta) {
        sink.emit(new TurnEvent.StepProgressed(step, StepKind.INFERENCE, delta));
    }

    @Override
    public void flush() {
        sink.flush();
    }
}
