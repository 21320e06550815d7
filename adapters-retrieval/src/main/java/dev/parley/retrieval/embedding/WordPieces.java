package dev.parley.retrieval.embedding;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a text into the pieces that a model of BERT's family reads: in lower case and without accents, words and signs
 * apart, each word in the longest pieces that the vocabulary has.
 */
final class WordPieces {

    /** A word of more characters is nothing that the model can know. */
    private static final int LONGEST_WORD = 100;

    private final Vocabulary vocabulary;
    private final int begin;
    private final int end;

    WordPieces(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.begin = vocabulary.numberOf("[CLS]");
        this.end = vocabulary.numberOf("[SEP]");
    }

    /**
     * The numbers of the pieces, in windows that are as good as equally long: a last one of a few words would count as much as
     * the others. Each is between the numbers of begin and end, with those of the prefix first.
     *
     * @param longest how many numbers a window has at most
     * @param most how many windows there are at most; what of the text stands behind them is not read
     */
    List<long[]> windows(String prefix, String text, int longest, int most) {
        long[] before = pieces(prefix, longest / 2);
        int room = longest - 2 - before.length;
        long[] pieces = pieces(text, room * most);
        int count = Math.max(1, Math.ceilDiv(pieces.length, room));
        List<long[]> windows = new ArrayList<>(count);
        for (int window = 0; window < count; window++) {
            int from = (int) ((long) pieces.length * window / count);
            int to = (int) ((long) pieces.length * (window + 1) / count);
            windows.add(between(before, Arrays.copyOfRange(pieces, from, to)));
        }
        return windows;
    }

    private long[] between(long[] before, long[] pieces) {
        long[] window = new long[before.length + pieces.length + 2];
        window[0] = begin;
        System.arraycopy(before, 0, window, 1, before.length);
        System.arraycopy(pieces, 0, window, 1 + before.length, pieces.length);
        window[window.length - 1] = end;
        return window;
    }

    /** Of the text no more is read than there is room for. */
    private long[] pieces(String text, int room) {
        Cut cut = new Cut(room);
        for (int at = 0; at < text.length() && !cut.isFull(); ) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            cut.read(character);
        }
        cut.endWord();
        return cut.ended();
    }

    /** One text, character by character. */
    private final class Cut {

        private final int room;
        private final StringBuilder word = new StringBuilder();
        private int wordLength;
        private long[] numbers;
        private int count;

        Cut(int room) {
            this.room = room;
            this.numbers = new long[Math.min(room, 64)];
        }

        boolean isFull() {
            return count >= room;
        }

        void read(int character) {
            if (isWhitespace(character)) {
                endWord();
            } else if (!isDropped(character)) {
                if (isHan(character)) {
                    endWord();
                    readPlain(character);
                    endWord();
                } else if (character < 0x80) {
                    readPlain(Character.toLowerCase(character));
                } else {
                    readDecomposed(character);
                }
            }
        }

        /** Accents are characters of their own when they are decomposed, and left out. */
        private void readDecomposed(int character) {
            Normalizer.normalize(Character.toString(character), Normalizer.Form.NFD)
                    .codePoints()
                    .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK)
                    .forEach(part -> readPlain(Character.toLowerCase(part)));
        }

        private void readPlain(int character) {
            if (isSign(character)) {
                endWord();
                extend(character);
                endWord();
            } else {
                extend(character);
            }
        }

        private void extend(int character) {
            wordLength++;
            if (wordLength <= LONGEST_WORD) {
                word.appendCodePoint(character);
            }
        }

        void endWord() {
            if (wordLength > LONGEST_WORD) {
                add(vocabulary.unknown());
            } else if (wordLength > 0) {
                addPieces(word.toString());
            }
            word.setLength(0);
            wordLength = 0;
        }

        private void addPieces(String whole) {
            int before = count;
            for (int start = 0; start < whole.length(); ) {
                int to = whole.length();
                int number = -1;
                while (to > start && number < 0) {
                    String piece = whole.substring(start, to);
                    number = vocabulary.find(start == 0 ? piece : "##" + piece);
                    if (number < 0) {
                        to = whole.offsetByCodePoints(to, -1);
                    }
                }
                if (number < 0) {
                    count = before;
                    add(vocabulary.unknown());
                    return;
                }
                add(number);
                start = to;
            }
        }

        private void add(int number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number;
        }

        long[] ended() {
            return Arrays.copyOf(numbers, Math.min(count, room));
        }
    }

    private static boolean isWhitespace(int character) {
        return character == '\t' || character == '\n' || character == '\r' || Character.isSpaceChar(character);
    }

    /** What can't be seen, and what stands for something that could not be read. */
    private static boolean isDropped(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
            default -> character == 0xFFFD;
        };
    }

    private static boolean isHan(int character) {
        return (character >= 0x4E00 && character <= 0x9FFF)
                || (character >= 0x3400 && character <= 0x4DBF)
                || (character >= 0x20000 && character <= 0x2A6DF)
                || (character >= 0x2A700 && character <= 0x2CEAF)
                || (character >= 0xF900 && character <= 0xFAFF)
                || (character >= 0x2F800 && character <= 0x2FA1F);
    }

    private static boolean isSign(int character) {
        if (character < 0x80) {
            return character > ' ' && character < 0x7F && !Character.isLetterOrDigit(character);
        }
        return switch (Character.getType(character)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
