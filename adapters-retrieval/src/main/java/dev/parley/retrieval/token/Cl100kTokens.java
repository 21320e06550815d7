package dev.parley.retrieval.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.parley.application.port.Tokens;
import java.util.Arrays;

/**
 * Tokens as {@code cl100k_base} has them, the encoding that vector stores are specified with. The encoding is read with
 * the first text.
 */
public final class Cl100kTokens implements Tokens {

    /** What is encoded at once, so that a word of a million letters takes no more time than a million words. */
    private static final int LONGEST_PIECE = 4096;

    @Override
    public int[] ends(String text) {
        return text.isEmpty() ? new int[0] : new Cut(text).ends();
    }

    /** One text on its way through the encoding. */
    private static final class Cut {

        private final String text;
        private int[] ends;
        private int count;

        /** The characters before this offset have been told, and as many of their bytes as the tokens so far have. */
        private int offset;

        private int bytesAhead;

        Cut(String text) {
            this.text = text;
            this.ends = new int[text.length() / 4 + 16];
        }

        int[] ends() {
            for (int start = 0; start < text.length(); ) {
                int end = endOfPiece(text, start);
                IntArrayList tokens = Loaded.CL100K.encodeOrdinary(whole(text.substring(start, end)));
                for (int place = 0; place < tokens.size(); place++) {
                    advance(Loaded.bytes(tokens.get(place)));
                    add(offset);
                }
                start = end;
            }
            return Arrays.copyOf(ends, count);
        }

        /** Goes on by some bytes, and stands before the character that is not whole yet. */
        private void advance(int bytes) {
            bytesAhead += bytes;
            while (offset < text.length()) {
                int length = bytesAt(text, offset);
                if (length > bytesAhead) {
                    return;
                }
                bytesAhead -= length;
                offset += length == 4 ? 2 : 1;
            }
        }

        private void add(int end) {
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = end;
        }
    }

    /** Before a space behind a word, where every token ends; where there is none for long, anywhere but in a pair. */
    private static int endOfPiece(String text, int start) {
        int furthest = start + LONGEST_PIECE;
        if (furthest >= text.length()) {
            return text.length();
        }
        for (int end = furthest; end > start + LONGEST_PIECE / 2; end--) {
            if (text.charAt(end) == ' ' && !Character.isWhitespace(text.charAt(end - 1))) {
                return end;
            }
        }
        return Character.isSurrogatePair(text.charAt(furthest - 1), text.charAt(furthest)) ? furthest - 1 : furthest;
    }

    /** The same with question marks for halves of pairs, which have no encoding. */
    private static String whole(String piece) {
        for (int place = 0; place < piece.length(); place++) {
            if (Character.isSurrogate(piece.charAt(place))) {
                return new String(piece.getBytes(UTF_8), UTF_8);
            }
        }
        return piece;
    }

    /** How many bytes of UTF-8 a character takes; half a pair is encoded as a question mark. */
    private static int bytesAt(String text, int offset) {
        char character = text.charAt(offset);
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        if (!Character.isSurrogate(character)) {
            return 3;
        }
        return offset + 1 < text.length() && Character.isSurrogatePair(character, text.charAt(offset + 1)) ? 4 : 1;
    }

    /** What takes some memory, and is there from the first text on. */
    private static final class Loaded {

        static final Encoding CL100K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

        private static final int MOST_TOKENS = 100_500;

        /** By token; 0 where nobody has asked yet. Whoever asks at the same time finds the same. */
        private static final short[] BYTES = new short[MOST_TOKENS];

        static int bytes(int token) {
            int known = BYTES[token];
            if (known == 0) {
                IntArrayList alone = new IntArrayList(1);
                alone.add(token);
                known = CL100K.decodeBytes(alone).length;
                BYTES[token] = (short) known;
            }
            return known;
        }
    }
}
