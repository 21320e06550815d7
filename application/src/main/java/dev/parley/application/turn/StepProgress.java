package dev.parley.application.turn;

import dev.parley.application.port.Inference;
import dev.parley.application.port.TurnSink;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.Source;
import dev.parley.domain.turn.AnswerSoFar;
import dev.parley.domain.turn.CallNames;
import dev.parley.domain.turn.Citing;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.PartialAnswer;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.TurnEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes an answer on to the turn's reader while it comes. All that stands between the two. Where the answer can cite sources,
 * its marks become citations on the way, just as they do in the answer that is stored.
 */
final class StepProgress implements Inference.Progress {

    private final StepId step;
    private final TurnSink sink;
    private final List<Source> sources;
    private final CallNames names;
    private final AnswerSoFar soFar = new AnswerSoFar();
    /** Null while no text is being told. */
    private @Nullable Citing citing;

    StepProgress(StepId step, TurnSink sink, List<Source> sources, CallNames names) {
        this.step = step;
        this.sink = sink;
        this.sources = sources;
        this.names = names;
    }

    @Override
    public void opened() {
        sink.emit(new TurnEvent.StepStarted(step, StepKind.INFERENCE, Optional.empty()));
        sink.flush();
    }

    @Override
    public void delta(Delta delta) {
        if (sources.isEmpty()) {
            emit(delta);
            return;
        }
        switch (delta) {
            case Delta.Text(String text) -> hear(text, Optional.empty());
            case Delta.ScoredText(String text, JsonText logprobs) -> hear(text, Optional.of(logprobs));
            case Delta.Cited _,
                    Delta.Refused _,
                    Delta.Reasoning _,
                    Delta.CallOpened _,
                    Delta.CallArguments _,
                    Delta.CallClosed _,
                    Delta.CallRunning _,
                    Delta.PartialImage _ -> {
                textEnds();
                emit(delta);
            }
        }
    }

    @Override
    public void flush() {
        sink.flush();
    }

    /** What the reader was told; it is all that is known of an answer that broke off. */
    PartialAnswer told() {
        return soFar.told();
    }

    /** The answer is whole. */
    void ended() {
        if (citing != null) {
            textEnds();
            sink.flush();
        }
    }

    /** Scores of tokens that are held back are told with the whole text only. */
    private void hear(String text, Optional<JsonText> logprobs) {
        if (citing == null) {
            citing = new Citing(sources);
        }
        tell(citing.add(text), logprobs);
    }

    private void textEnds() {
        if (citing != null) {
            tell(citing.end(), Optional.empty());
            citing = null;
        }
    }

    private void tell(Citing.Heard heard, Optional<JsonText> logprobs) {
        if (!heard.text().isEmpty()) {
            emit(
                    logprobs.isPresent()
                            ? new Delta.ScoredText(heard.text(), logprobs.get())
                            : new Delta.Text(heard.text()));
        }
        heard.citations().forEach(citation -> emit(new Delta.Cited(citation)));
    }

    private void emit(Delta delta) {
        Delta told = names.of(delta);
        soFar.add(told);
        sink.emit(new TurnEvent.StepProgressed(step, StepKind.INFERENCE, told));
    }
}
