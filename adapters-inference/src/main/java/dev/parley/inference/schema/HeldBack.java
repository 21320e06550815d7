package dev.parley.inference.schema;

import dev.parley.application.port.Inference;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the text of an answer from its reader until it is known to be the answer, and what comes after it with it, so that
 * the order stays. What comes before it is told at once. May let a first answer pass as it comes.
 */
final class HeldBack implements Inference.Progress {

    private static final String BETWEEN_THOUGHTS = "\n\n";

    private final Inference.Progress reader;
    private boolean passing;
    private boolean opened;
    private boolean holding;

    /** Whether text was let pass. */
    private boolean spoken;

    private boolean thought;

    /** Whether the next thought follows one of an answer that came to nothing. */
    private boolean thinksAnew;

    private HeldBack(Inference.Progress reader, boolean passing) {
        this.reader = reader;
        this.passing = passing;
    }

    static HeldBack fromTheFirstOn(Inference.Progress reader) {
        return new HeldBack(reader, false);
    }

    /** The first answer is told as it comes; only another one in its place is held back. */
    static HeldBack fromTheSecondOn(Inference.Progress reader) {
        return new HeldBack(reader, true);
    }

    @Override
    public void opened() {
        if (!opened) {
            opened = true;
            reader.opened();
        }
    }

    @Override
    public void delta(Delta delta) {
        switch (delta) {
            case Delta.Text(String text) -> say(delta, text);
            case Delta.ScoredText(String text, var _) -> say(delta, text);
            case Delta.Reasoning(String text) -> {
                if (!holding && !text.isEmpty()) {
                    think(text);
                }
            }
            case Delta.Refused _,
                    Delta.Cited _,
                    Delta.CallOpened _,
                    Delta.CallArguments _,
                    Delta.CallClosed _,
                    Delta.CallRunning _,
                    Delta.PartialImage _ -> {
                if (!holding) {
                    reader.delta(delta);
                }
            }
        }
    }

    @Override
    public void flush() {
        reader.flush();
    }

    /** Whether the reader was told text, which can't be taken back. */
    boolean hasSpoken() {
        return spoken;
    }

    /** Makes ready for another answer in the place of this one, of which only thoughts were told. */
    void beginAnew() {
        passing = false;
        holding = false;
        thinksAnew = thought;
    }

    /** Tells what was held back of this answer. */
    void release(Message.Assistant answer) {
        if (passing) {
            return;
        }
        answer.passages().stream()
                .dropWhile(passage -> !(passage instanceof Passage.Spoken))
                .forEach(this::tell);
        reader.flush();
    }

    /** The second answer with what was told of the first. */
    static Message.Assistant joined(Message.Assistant first, Message.Assistant second) {
        List<Passage> passages = new ArrayList<>(second.passages());
        if (!first.passages().isEmpty() && first.passages().getFirst() instanceof Passage.Thought(String before)) {
            if (!passages.isEmpty() && passages.getFirst() instanceof Passage.Thought(String after)) {
                passages.set(0, new Passage.Thought(before + BETWEEN_THOUGHTS + after));
            } else {
                passages.addFirst(new Passage.Thought(before));
            }
        }
        return new Message.Assistant(passages, second.stopReason());
    }

    private void say(Delta delta, String text) {
        if (passing) {
            spoken |= !text.isEmpty();
            reader.delta(delta);
        } else {
            holding |= !text.isEmpty();
        }
    }

    private void think(String text) {
        if (thinksAnew) {
            thinksAnew = false;
            reader.delta(new Delta.Reasoning(BETWEEN_THOUGHTS));
        }
        thought = true;
        reader.delta(new Delta.Reasoning(text));
    }

    private void tell(Passage passage) {
        switch (passage) {
            case Passage.Thought(String text) -> reader.delta(new Delta.Reasoning(text));
            case Passage.Refused(String text) -> reader.delta(new Delta.Refused(text));
            case Passage.Spoken spoken ->
                reader.delta(spoken.logprobs()
                        .<Delta>map(logprobs -> new Delta.ScoredText(spoken.text(), logprobs))
                        .orElseGet(() -> new Delta.Text(spoken.text())));
            case Passage.Called(ToolCall call) -> {
                reader.delta(new Delta.CallOpened(call.callId(), call.toolName()));
                reader.delta(new Delta.CallArguments(call.arguments().text()));
                reader.delta(new Delta.CallClosed(call));
            }
        }
    }
}
