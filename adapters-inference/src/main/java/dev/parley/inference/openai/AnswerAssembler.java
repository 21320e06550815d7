package dev.parley.inference.openai;

import dev.parley.application.port.Inference;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolCall;
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

    private final Consumer<Delta> out;
    private final ToolCallAssembler calls;
    private final ThinkSplitter splitter;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();

    /** What came beside a call and waits until it is whole: a call is told in one go. */
    private final List<Delta> waiting = new ArrayList<>();

    /** White space that has come and means nothing unless more text follows. */
    private final StringBuilder blank = new StringBuilder();

    @Nullable
    private String finishReason;

    @Nullable
    private Usage usage;

    AnswerAssembler(ThinkTags tags, CallIds ids, Consumer<Delta> out) {
        this.out = out;
        this.calls = new ToolCallAssembler(ids, out);
        this.splitter = new ThinkSplitter(tags, this);
    }

    void accept(Chunk chunk) {
        if (chunk.reasoning != null) {
            splitter.leaveTags();
            reasoning(chunk.reasoning);
        }
        if (chunk.content != null) {
            splitter.accept(chunk.content);
        }
        if (chunk.refusal != null) {
            text(chunk.refusal);
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
    Inference.Answer end() {
        splitter.end();
        List<ToolCall> called = calls.end();
        tellWaiting(true);
        if (called.isEmpty() && !text.isEmpty()) {
            tellBlank();
        }
        StopReason stopReason = "length".equals(finishReason) ? StopReason.OUT_OF_TOKENS : StopReason.END_OF_TURN;
        Optional<String> thought = reasoning.isEmpty() ? Optional.empty() : Optional.of(reasoning.toString());
        return new Inference.Answer(
                new Message.Assistant(text.toString(), thought, called, stopReason), Optional.ofNullable(usage));
    }

    @Override
    public void text(String piece) {
        String told = piece;
        if (isBlank(piece)) {
            blank.append(piece);
            return;
        }
        if (text.isEmpty() && !reasoning.isEmpty()) {
            blank.setLength(0);
            told = piece.stripLeading();
        }
        tellBlank();
        text.append(told);
        tell(new Delta.Text(told));
    }

    @Override
    public void reasoning(String piece) {
        reasoning.append(piece);
        tell(new Delta.Reasoning(piece));
    }

    private void tell(Delta delta) {
        if (calls.isOpen()) {
            waiting.add(delta);
        } else {
            out.accept(delta);
        }
    }

    private void tellWaiting(boolean atEnd) {
        if (!waiting.isEmpty() && (atEnd || !calls.isOpen())) {
            waiting.forEach(out);
            waiting.clear();
        }
    }

    private void tellBlank() {
        if (!blank.isEmpty()) {
            String told = blank.toString();
            blank.setLength(0);
            text.append(told);
            tell(new Delta.Text(told));
        }
    }

    /** Nearly always decided by the first character. */
    private static boolean isBlank(String piece) {
        return piece.charAt(0) <= ' ' && piece.isBlank();
    }
}
