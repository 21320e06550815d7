package dev.parley.inference.openai;

import dev.parley.application.port.Inference;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Usage;
import dev.parley.inference.provider.CallIds;
import dev.parley.inference.provider.Profile.ThinkTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes an answer of the chunks of a stream, and tells it while it grows. What was told is what the answer holds. */
final class AnswerAssembler implements ThinkSplitter.Sink {

    private final Telling telling;
    private final ToolCallAssembler calls;
    private final ThinkSplitter splitter;
    private boolean spoke;
    private boolean thought;

    /** What came beside a call and waits until it is whole: a call is told in one go. */
    private final List<Delta> waiting = new ArrayList<>();

    /** White space that has come and means nothing unless more text follows. */
    private final StringBuilder blank = new StringBuilder();

    /** The scores of text that is still to be told. */
    private final StringBuilder scores = new StringBuilder(0);

    @Nullable
    private String finishReason;

    @Nullable
    private Usage usage;

    /** @param onlyOneCall whether only the first call counts */
    AnswerAssembler(ThinkTags tags, CallIds ids, boolean onlyOneCall, Consumer<Delta> out) {
        this.telling = new Telling(out);
        this.calls = new ToolCallAssembler(ids, onlyOneCall, telling);
        this.splitter = new ThinkSplitter(tags, this);
    }

    void accept(Chunk chunk) {
        if (chunk.reasoning != null) {
            splitter.leaveTags();
            reasoning(chunk.reasoning);
        }
        if (chunk.scores != null && (chunk.content != null || chunk.reasoning == null)) {
            Scores.append(scores, chunk.scores);
        }
        if (chunk.content != null) {
            boolean thinking = splitter.isThinking();
            splitter.accept(chunk.content);
            if (thinking || splitter.isThinking()) {
                scores.setLength(0); // those of thoughts and tags are no part of the answer's
            }
        }
        if (chunk.refusal != null) {
            tell(new Delta.Refused(chunk.refusal));
        }
        for (int position = 0; position < chunk.pieceCount(); position++) {
            calls.accept(chunk.piece(position));
        }
        tellWaiting(false);
        if (chunk.finishReason != null) {
            finishReason = chunk.finishReason;
        }
        if (chunk.counted) {
            // each counts from the beginning, so the last one is the sum
            usage = new Usage(chunk.inputTokens, chunk.cachedInputTokens, chunk.outputTokens, chunk.reasoningTokens);
        }
    }

    /** Why the model stopped, in the provider's words; null while it has not. */
    @Nullable
    String finishReason() {
        return finishReason;
    }

    /** Tells what was held back. There are no more chunks. */
    Inference.Answer end(StopReason stopReason) {
        splitter.end();
        calls.end();
        tellWaiting(true);
        if (!calls.isCalling() && telling.isSpeaking()) {
            tellBlank();
        }
        return new Inference.Answer(new Message.Assistant(telling.passages(), stopReason), Optional.ofNullable(usage));
    }

    @Override
    public void text(String piece) {
        if (isBlank(piece)) {
            blank.append(piece);
            return;
        }
        String told = piece;
        if (!spoke && thought) {
            blank.setLength(0);
            told = piece.stripLeading();
        }
        spoke = true;
        if (scores.isEmpty()) {
            tellBlank();
        } else if (!blank.isEmpty()) {
            told = takeBlank() + told; // the scores are of both
        }
        tell(spoken(told));
    }

    @Override
    public void reasoning(String piece) {
        thought = true;
        tell(new Delta.Reasoning(piece));
    }

    private Delta spoken(String text) {
        if (scores.isEmpty()) {
            return new Delta.Text(text);
        }
        JsonText taken = Scores.arrayOf(scores);
        scores.setLength(0);
        return new Delta.ScoredText(text, taken);
    }

    private void tell(Delta delta) {
        if (calls.isOpen()) {
            waiting.add(delta);
        } else {
            telling.accept(delta);
        }
    }

    private void tellWaiting(boolean atEnd) {
        if (!waiting.isEmpty() && (atEnd || !calls.isOpen())) {
            waiting.forEach(telling);
            waiting.clear();
        }
    }

    private void tellBlank() {
        if (!blank.isEmpty()) {
            tell(spoken(takeBlank()));
        }
    }

    private String takeBlank() {
        String taken = blank.toString();
        blank.setLength(0);
        return taken;
    }

    /** Nearly always decided by the first character. */
    private static boolean isBlank(String piece) {
        return piece.charAt(0) <= ' ' && piece.isBlank();
    }
}
