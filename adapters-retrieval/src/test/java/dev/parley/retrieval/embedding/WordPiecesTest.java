package dev.parley.retrieval.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WordPiecesTest {

    private static final int BEGIN = 101;
    private static final int END = 102;
    private static final int UNKNOWN = 100;

    private static WordPieces pieces;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream json = Objects.requireNonNull(
                WordPiecesTest.class.getResourceAsStream("/bge-small-en-v1.5-q-tokenizer.json"))) {
            pieces = new WordPieces(Vocabulary.read(json));
        }
    }

    /** The numbers were read off the tokenizer that the model was published with. */
    static Stream<Arguments> published() {
        return Stream.of(
                arguments("Hello, World!", new long[] {7592, 1010, 2088, 999}),
                arguments("Grüße aus Köln — naïve café", new long[] {24665, 2226, 17499, 17151, 28306, 1517, 15743, 7668
                }),
                arguments(
                        "你好，世界 mixed 漢字kana かな",
                        new long[] {100, 100, 1989, 1745, 100, 3816, 1904, 100, 22827, 2050, 1651, 30193}),
                arguments("$5.99 + 10% = ?", new long[] {1002, 1019, 1012, 5585, 1009, 2184, 1003, 1027, 1029}),
                arguments(
                        "don't e-mail me@x.org",
                        new long[] {2123, 1005, 1056, 1041, 1011, 5653, 2033, 1030, 1060, 1012, 8917}),
                arguments("a\u0301 b\u200Bc\u00AD d", new long[] {1037, 4647, 1040}),
                arguments(
                        "\uD83D\uDE00 emoji \uD83D\uDC68\u200D\uD83D\uDC69", new long[] {100, 7861, 29147, 2072, 100}),
                arguments("ﬁ ligature ß ẞ", new long[] {1984, 8018, 11244, 1096, 1096}),
                arguments("`^~<>|=+$", new long[] {1036, 1034, 1066, 1026, 1028, 1064, 1027, 1009, 1002}));
    }

    @ParameterizedTest
    @MethodSource("published")
    void aTextHasTheNumbersThatTheModelWasMadeWith(String text, long[] numbers) {
        long[] read = numbers(text);

        assertThat(read).startsWith(BEGIN).endsWith(END);
        assertThat(Arrays.copyOfRange(read, 1, read.length - 1)).containsExactly(numbers);
    }

    @Test
    void aLongTextIsReadInWindowsOfTheSameLength() {
        List<long[]> windows = pieces.windows("", "one two three four five six seven", 5, 10);

        assertThat(windows)
                .hasSize(3)
                .allSatisfy(window -> assertThat(window)
                        .hasSizeBetween(4, 5)
                        .startsWith(BEGIN)
                        .endsWith(END));
        assertThat(windows.stream().flatMapToLong(WordPiecesTest::inside).toArray())
                .isEqualTo(inside(numbers("one two three four five six seven")).toArray());
    }

    @Test
    void eachWindowBeginsWithThePrefix() {
        long prefix = inside(numbers("find")).findFirst().orElseThrow();

        assertThat(pieces.windows("find", "one two three four", 5, 10))
                .hasSize(2)
                .allSatisfy(window -> assertThat(window).startsWith(BEGIN, prefix));
        assertThat(pieces.windows("find ", "one", 512, 10).getFirst()).isEqualTo(numbers("find one"));
    }

    @Test
    void anEmptyTextIsBeginAndEnd() {
        assertThat(numbers("")).containsExactly(BEGIN, END);
        assertThat(numbers(" \t\r\n\u200B\uFFFD")).containsExactly(BEGIN, END);
    }

    @Test
    void aWordOfMoreThanAHundredCharactersIsUnknown() {
        assertThat(numbers("x".repeat(101))).containsExactly(BEGIN, UNKNOWN, END);
        assertThat(numbers("x".repeat(100))).doesNotContain(UNKNOWN);
    }

    @Test
    void whatLooksLikeASignOfTheModelsOwnIsText() {
        assertThat(numbers("[SEP]")).hasSizeGreaterThan(3);
    }

    @Test
    @Timeout(5)
    void ofAnEndlessTextNoMoreIsReadThanThereIsRoomFor() {
        assertThat(pieces.windows("", "word ".repeat(20_000_000), 512, 3))
                .hasSize(3)
                .allSatisfy(window -> assertThat(window).hasSize(512));
        assertThat(pieces.windows("", "x".repeat(20_000_000), 512, 3)).hasSize(1);
    }

    /** Those of a text that is short enough for one window. */
    private static long[] numbers(String text) {
        List<long[]> windows = pieces.windows("", text, 512, 2);
        assertThat(windows).hasSize(1);
        return windows.getFirst();
    }

    private static LongStream inside(long[] window) {
        return Arrays.stream(window, 1, window.length - 1);
    }
}
