package dev.parley.inference.openai;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one chunk of the stream says. One object for a whole stream: it is filled anew for each. */
final class Chunk {

    @Nullable
    String content;

    @Nullable
    String reasoning;

    @Nullable
    String refusal;

    /** The tokens of the content with their probabilities, as {@link Scores} keep them; only where they were asked for. */
    @Nullable
    String scores;

    @Nullable
    String finishReason;

    /** Whether it reports an error, wherever in it. */
    boolean failed;

    boolean counted;
    long inputTokens;
    long cachedInputTokens;
    long outputTokens;
    long reasoningTokens;

    private final List<CallPiece> pieces = new ArrayList<>();
    private int used;

    /** A piece of a tool call. */
    static final class CallPiece {

        static final int NO_INDEX = -1;

        int index;

        @Nullable
        String id;

        @Nullable
        String name;

        @Nullable
        String arguments;
    }

    void clear() {
        clearChoice();
        failed = false;
        counted = false;
        inputTokens = 0;
        cachedInputTokens = 0;
        outputTokens = 0;
        reasoningTokens = 0;
    }

    /** Forgets the choice, but not what stands beside it. */
    void clearChoice() {
        content = null;
        reasoning = null;
        refusal = null;
        scores = null;
        finishReason = null;
        used = 0;
    }

    CallPiece addPiece() {
        if (used == pieces.size()) {
            pieces.add(new CallPiece());
        }
        CallPiece piece = pieces.get(used++);
        piece.index = CallPiece.NO_INDEX;
        piece.id = null;
        piece.name = null;
        piece.arguments = null;
        return piece;
    }

    int pieceCount() {
        return used;
    }

    CallPiece piece(int position) {
        return pieces.get(position);
    }

    /** Whether it has anything of an answer in it, so that the provider is no longer only getting ready. */
    boolean isSubstantial() {
        return content != null || reasoning != null || refusal != null || finishReason != null || used > 0;
    }
}
