package dev.parley.inference.openai;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells an answer and keeps what was told, in that order: it is what the answer holds. */
final class Telling implements Consumer<Delta> {

    private enum Kind {
        NOTHING,
        THOUGHT,
        SPOKEN,
        REFUSED
    }

    private final Consumer<Delta> out;
    private final List<Passage> passages = new ArrayList<>();

    /** The passage that still grows. */
    private Kind growing = Kind.NOTHING;

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder scores = new StringBuilder(0);

    Telling(Consumer<Delta> out) {
        this.out = out;
    }

    @Override
    public void accept(Delta delta) {
        switch (delta) {
            case Delta.Text(String piece) -> grow(Kind.SPOKEN, piece);
            case Delta.ScoredText(String piece, JsonText itsScores) -> {
                grow(Kind.SPOKEN, piece);
                Scores.append(scores, Scores.itemsOf(itsScores));
            }
            case Delta.Reasoning(String piece) -> grow(Kind.THOUGHT, piece);
            case Delta.Refused(String piece) -> grow(Kind.REFUSED, piece);
            case Delta.CallOpened _,
                    Delta.CallArguments _,
                    Delta.CallRunning _,
                    Delta.PartialImage _,
                    Delta.Cited _ -> {
                // a call is a passage when it is whole, and citations are found by others
            }
            case Delta.CallClosed(ToolCall call) -> {
                end();
                passages.add(new Passage.Called(call));
            }
        }
        out.accept(delta);
    }

    /** Whether what was told last is text. */
    boolean isSpeaking() {
        return growing == Kind.SPOKEN;
    }

    /** What was told. */
    List<Passage> passages() {
        end();
        return List.copyOf(passages);
    }

    private void grow(Kind kind, String piece) {
        if (growing != kind) {
            end();
            growing = kind;
        }
        text.append(piece);
    }

    private void end() {
        switch (growing) {
            case NOTHING -> {}
            case THOUGHT -> passages.add(new Passage.Thought(text.toString()));
            case SPOKEN ->
                passages.add(new Passage.Spoken(
                        text.toString(), scores.isEmpty() ? Optional.empty() : Optional.of(Scores.arrayOf(scores))));
            case REFUSED -> passages.add(new Passage.Refused(text.toString()));
        }
        growing = Kind.NOTHING;
        text.setLength(0);
        scores.setLength(0);
    }
}
