package dev.parley.domain.retrieval;

import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * How a text is cut: into windows of so many tokens, each of which begins with the last tokens of the one before. A window ends
 * where a paragraph, a sentence or at least a word does, if there is such a place in its last quarter.
 *
 * @param maxTokens the most that a window has
 * @param overlapTokens the most that two windows share, at most half of a window
 */
public record Chunking(int maxTokens, int overlapTokens) {

    /** What files are cut to when nothing is said (the contract's {@code auto}). */
    public static final Chunking AUTO = new Chunking(800, 400);

    /** What inserted documents are cut to when nothing is said (agents-api 9.1). */
    public static final int DOCUMENT_TOKENS = 512;

    private static final int FEWEST = 100;
    private static final int MOST = 4096;
    private static final int OVERLAPPED_PART = 4;
    private static final int SEARCHED_PART = 4;

    /**
     * A piece of a text.
     *
     * @param start where it begins, in characters
     * @param end where it ends
     */
    public record Cut(int start, int end, int tokens) {}

    public Chunking {
        if (maxTokens < 1 || overlapTokens < 0 || overlapTokens > maxTokens / 2) {
            throw new IllegalArgumentException("no windows of %d tokens, %d of them shared: at most half can be"
                    .formatted(maxTokens, overlapTokens));
        }
    }

    /** The windows of inserted documents, of which neighbours share a quarter (agents-api 9.2). */
    public static Chunking ofDocuments(int tokens) {
        return new Chunking(tokens, tokens / OVERLAPPED_PART);
    }

    /**
     * The windows that a client asks for.
     *
     * @param field where in the request the strategy stands
     * @throws Refusal when the contract does not allow them
     */
    public static Chunking asked(int maxTokens, int overlapTokens, String field) {
        if (maxTokens < FEWEST || maxTokens > MOST) {
            throw Refusal.invalid(
                            field + ".max_chunk_size_tokens",
                            "max_chunk_size_tokens must be %d to %d".formatted(FEWEST, MOST))
                    .because(maxTokens < FEWEST ? Reason.BELOW_MINIMUM : Reason.ABOVE_MAXIMUM);
        }
        if (overlapTokens < 0 || overlapTokens > maxTokens / 2) {
            throw Refusal.invalid(
                            field + ".chunk_overlap_tokens",
                            "chunk_overlap_tokens must be 0 to half of max_chunk_size_tokens (%d)"
                                    .formatted(maxTokens / 2))
                    .because(overlapTokens < 0 ? Reason.BELOW_MINIMUM : Reason.ABOVE_MAXIMUM);
        }
        return new Chunking(maxTokens, overlapTokens);
    }

    /** The same, where no window is longer than what a model reads. */
    public Chunking within(int modelReads) {
        if (maxTokens <= modelReads) {
            return this;
        }
        long overlap = (long) overlapTokens * modelReads / maxTokens;
        return new Chunking(modelReads, (int) Math.min(overlap, modelReads / 2));
    }

    /**
     * Cuts a text. Together the windows have all of it but for blanks; none has nothing but blanks.
     *
     * @param ends the offset behind each token, ascending, the last being the text's length
     */
    public List<Cut> cut(String text, int[] ends) {
        List<Cut> cuts = new ArrayList<>();
        int from = 0;
        while (from < ends.length) {
            int to = from + maxTokens >= ends.length ? ends.length : end(text, ends, from);
            int start = from == 0 ? 0 : ends[from - 1];
            if (!text.substring(start, ends[to - 1]).isBlank()) {
                cuts.add(new Cut(start, ends[to - 1], to - from));
            }
            if (to == ends.length) {
                break;
            }
            from = next(text, ends, from, to);
        }
        return cuts;
    }

    /** Behind which token a window that does not reach the end of the text ends. */
    private int end(String text, int[] ends, int from) {
        int latest = from + maxTokens;
        int earliest = Math.max(latest - maxTokens / SEARCHED_PART, from + 1);
        int best = latest;
        Boundary strongest = Boundary.NONE;
        for (int to = latest; to >= earliest; to--) {
            Boundary boundary = Boundary.at(text, ends[to - 1]);
            if (boundary.compareTo(strongest) > 0) {
                strongest = boundary;
                best = to;
            }
            if (strongest == Boundary.PARAGRAPH) {
                break;
            }
        }
        return best;
    }

    /** With which token the next window begins: with a word, if one begins in the first half of what is shared. */
    private int next(String text, int[] ends, int from, int to) {
        int earliest = Math.max(to - overlapTokens, from + 1);
        int latest = to - (to - earliest) / 2;
        for (int next = earliest; next <= latest; next++) {
            if (Boundary.at(text, ends[next - 1]) != Boundary.NONE) {
                return next;
            }
        }
        return earliest;
    }

    /** What ends at a place of a text, the strongest last. */
    private enum Boundary {
        NONE,
        WORD,
        SENTENCE,
        PARAGRAPH;

        /** Of what may be no end of blanks. */
        private static final int LOOKED_AT = 16;

        static Boundary at(String text, int offset) {
            if (offset <= 0) {
                return NONE;
            }
            if (offset >= text.length()) {
                return PARAGRAPH;
            }
            int breaks = 0;
            int last = offset - 1;
            while (last >= Math.max(0, offset - LOOKED_AT) && Character.isWhitespace(text.charAt(last))) {
                breaks += text.charAt(last) == '\n' ? 1 : 0;
                last--;
            }
            boolean blankBefore = last < offset - 1;
            int next = offset;
            while (next < Math.min(text.length(), offset + LOOKED_AT) && Character.isWhitespace(text.charAt(next))) {
                breaks += text.charAt(next) == '\n' ? 1 : 0;
                next++;
            }
            if (breaks > 0) {
                return breaks > 1 ? PARAGRAPH : SENTENCE;
            }
            char end = last < 0 ? ' ' : text.charAt(last);
            if ("。！？".indexOf(end) >= 0) {
                return SENTENCE;
            }
            if (blankBefore || next > offset) {
                return ".!?".indexOf(end) >= 0 ? SENTENCE : WORD;
            }
            return NONE;
        }
    }
}
