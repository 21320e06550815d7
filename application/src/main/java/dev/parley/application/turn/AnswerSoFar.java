package dev.parley.application.turn;

import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.turn.Delta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer as its reader has been told it, put together from the pieces. */
final class AnswerSoFar {

    private final List<Passage> passages = new ArrayList<>();

    void add(Delta delta) {
        switch (delta) {
            case Delta.Text(String text) -> said(text, Optional.empty(), List.of());
            case Delta.ScoredText(String text, JsonText logprobs) -> said(text, Optional.of(logprobs), List.of());
            case Delta.Cited(Citation citation) -> said("", Optional.empty(), List.of(citation));
            case Delta.Refused(String text) ->
                add(
                        text.isEmpty(),
                        last(Passage.Refused.class)
                                .map(before -> new Passage.Refused(before.text() + text))
                                .orElseGet(() -> new Passage.Refused(text)));
            case Delta.Reasoning(String text) ->
                add(
                        text.isEmpty(),
                        last(Passage.Thought.class)
                                .map(before -> new Passage.Thought(before.text() + text))
                                .orElseGet(() -> new Passage.Thought(text)));
            case Delta.CallClosed(var call) -> passages.add(new Passage.Called(call));
            case Delta.CallOpened _, Delta.CallArguments _, Delta.CallRunning _, Delta.PartialImage _ -> {
                // a call counts when it is whole
            }
        }
    }

    /** The pieces so far as a message. */
    Message.Assistant message(StopReason stopReason) {
        return new Message.Assistant(passages, stopReason);
    }

    private void said(String text, Optional<JsonText> logprobs, List<Citation> citations) {
        Passage.Spoken before = last(Passage.Spoken.class).orElseGet(() -> Passage.Spoken.of(""));
        List<Citation> all = new ArrayList<>(before.citations());
        all.addAll(citations);
        add(
                text.isEmpty() && before.text().isEmpty(),
                new Passage.Spoken(before.text() + text, joined(before.logprobs(), logprobs), all));
    }

    private void add(boolean isNothing, Passage passage) {
        if (isNothing) {
            return;
        }
        if (!passages.isEmpty() && passages.getLast().getClass() == passage.getClass()) {
            passages.removeLast();
        }
        passages.add(passage);
    }

    private <P extends Passage> Optional<P> last(Class<P> kind) {
        return passages.isEmpty()
                ? Optional.empty()
                : Optional.of(passages.getLast()).filter(kind::isInstance).map(kind::cast);
    }

    /** Two arrays as one. */
    private static Optional<JsonText> joined(Optional<JsonText> before, Optional<JsonText> more) {
        if (before.isEmpty() || more.isEmpty()) {
            return before.or(() -> more);
        }
        String first = inside(before.get());
        String second = inside(more.get());
        return Optional.of(new JsonText("[" + first + (first.isEmpty() || second.isEmpty() ? "" : ",") + second + "]"));
    }

    private static String inside(JsonText array) {
        String text = array.text().strip();
        return text.substring(1, text.length() - 1).strip();
    }
}
