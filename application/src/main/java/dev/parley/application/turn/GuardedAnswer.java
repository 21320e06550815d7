package dev.parley.application.turn;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.safety.CheckPace;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds an answer back until the output shields have looked at it, piece by piece. What they let pass is told; at the first
 * objection the model is stopped, and what was not told yet is never told. Thoughts are looked at like words, and so are calls. Behind a call
 * nothing is told before the answer is whole: nobody can act on half a call.
 */
final class GuardedAnswer implements Consumer<Delta> {

    /** Shields, as they look at one conversation. */
    @FunctionalInterface
    interface Check {
        Optional<Violation> of(List<Message> messages) throws BrokenOff;
    }

    private final CheckPace pace;
    private final Check check;
    private final List<Message> conversation;
    private final Consumer<Delta> reader;

    /** Requested when the model is to stop. */
    private final Cancellation stop = new Cancellation();

    private final List<Delta> held = new ArrayList<>();
    private final StringBuilder unchecked = new StringBuilder();
    private final StringBuilder all = new StringBuilder();
    private final List<Passage> called = new ArrayList<>();
    private boolean calls;

    private @Nullable Violation violation;
    private @Nullable Violation lesser;
    private @Nullable BrokenOff broken;

    GuardedAnswer(CheckPace pace, Check check, List<Message> conversation, Consumer<Delta> reader) {
        this.pace = pace;
        this.check = check;
        this.conversation = List.copyOf(conversation);
        this.reader = reader;
    }

    /** For the model that answers: requested when a shield objects, or can't say whether it does. */
    Cancellation stop() {
        return stop;
    }

    @Override
    public void accept(Delta delta) {
        if (isStopped()) {
            return;
        }
        held.add(delta);
        switch (delta) {
            case Delta.Text(String text) -> hear(text);
            case Delta.ScoredText(String text, var _) -> hear(text);
            case Delta.Refused(String text) -> hear(text);
            case Delta.Reasoning(String text) -> hear(text);
            case Delta.CallOpened _, Delta.CallArguments _ -> calls = true;
            case Delta.CallClosed(ToolCall call) -> hear(call);
            case Delta.Cited _, Delta.CallRunning _, Delta.PartialImage _ -> {
                // says nothing by itself
            }
        }
        if (!calls && pace.isDue(unchecked)) {
            look();
        }
    }

    /** The answer is whole. */
    void ended() {
        if (!isStopped() && !unchecked.isEmpty()) {
            look();
        }
        if (!isStopped()) {
            letGo();
        }
    }

    /**
     * What a shield objects to; then what the reader was told is all that there is of the answer.
     *
     * @throws BrokenOff when a shield could not say
     */
    Optional<Violation> objection() throws BrokenOff {
        if (broken != null) {
            throw broken;
        }
        return Optional.ofNullable(violation);
    }

    /** Whether they have looked at all that there is of a whole answer. */
    boolean hasSeenAll() {
        return !isStopped() && unchecked.isEmpty() && !(all.isEmpty() && called.isEmpty());
    }

    /** What they noted of it and let pass. */
    Optional<Violation> lesser() {
        return Optional.ofNullable(lesser);
    }

    private boolean isStopped() {
        return violation != null || broken != null;
    }

    private void hear(String text) {
        unchecked.append(text);
        all.append(text);
    }

    private void hear(ToolCall call) {
        calls = true;
        called.add(new Passage.Called(call));
        unchecked.append(call.toolName());
    }

    private void look() {
        List<Message> seen = new ArrayList<>(conversation);
        seen.add(answer());
        try {
            Optional<Violation> said = check.of(seen);
            violation = said.filter(Violation::stops).orElse(null);
            lesser = said.orElse(null);
        } catch (BrokenOff unclear) {
            broken = unclear;
        }
        unchecked.setLength(0);
        if (isStopped()) {
            held.clear();
            stop.request(Cancellation.Reason.CLIENT_LEFT);
        } else if (!calls) {
            letGo();
        }
    }

    /** As far as it has come. */
    private Message.Assistant answer() {
        List<Passage> passages = new ArrayList<>();
        if (!all.isEmpty()) {
            passages.add(Passage.Spoken.of(all.toString()));
        }
        passages.addAll(called);
        return new Message.Assistant(passages, StopReason.END_OF_TURN);
    }

    private void letGo() {
        held.forEach(reader);
        held.clear();
    }
}
