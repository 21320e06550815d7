package dev.parley.domain.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.Chunking.Cut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChunkingTest {

    private static final int SEED = 20_251_127;
    private static final int TRIES = 2_000;

    @Test
    void aShortTextIsOneWindow() {
        assertThat(cut(new Chunking(10, 5), "one two three")).containsExactly("one two three");
    }

    @Test
    void anEmptyOrBlankTextHasNone() {
        assertThat(cut(new Chunking(10, 5), "")).isEmpty();
        assertThat(cut(new Chunking(10, 5), " \n\t ")).isEmpty();
    }

    @Test
    void aLongTextIsCutWithWhatNeighboursShare() {
        assertThat(cut(new Chunking(4, 1), "a b c d e f g h")).containsExactly("a b c d ", "d e f g ", "g h");
        assertThat(cut(new Chunking(4, 0), "a b c d e f g h")).containsExactly("a b c d ", "e f g h");
    }

    @Test
    void aWindowEndsWithItsParagraphOrSentenceWhereThatIsNear() {
        assertThat(cut(new Chunking(8, 0), "one two three four five six.\n\nSeven eight nine"))
                .containsExactly("one two three four five six.\n\n", "Seven eight nine");
        assertThat(cut(new Chunking(8, 0), "one two three four five six. Seven eight nine"))
                .containsExactly("one two three four five six. ", "Seven eight nine");
        assertThat(cut(new Chunking(8, 0), "one two. Three four five six seven eight nine"))
                .containsExactly("one two. Three four five six seven eight ", "nine");
    }

    @Test
    void aWordThatIsSeveralTokensIsNotCutWhereItNeedNotBe() {
        String text = "abcdefg hijklmn opqrstu";
        int[] every = new int[text.length()];
        for (int place = 0; place < every.length; place++) {
            every[place] = place + 1;
        }

        List<String> windows = texts(text, new Chunking(9, 2).cut(text, every));

        assertThat(windows.getFirst()).isEqualTo("abcdefg ");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "10,6", "10,-1", "-1,0"})
    void windowsMakeSense(int max, int overlap) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Chunking(max, overlap));
    }

    @ParameterizedTest
    @CsvSource({
        "99,0,max_chunk_size_tokens",
        "4097,0,max_chunk_size_tokens",
        "100,51,chunk_overlap_tokens",
        "100,-1,chunk_overlap_tokens"
    })
    void whatTheContractDoesNotAllowIsRefusedByItsField(int max, int overlap, String field) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> Chunking.asked(max, overlap, "chunking_strategy.static"))
                .satisfies(refusal -> assertThat(refusal.field()).contains("chunking_strategy.static." + field));
    }

    @Test
    void theWindowsOfDocumentsShareAQuarter() {
        assertThat(Chunking.ofDocuments(512)).isEqualTo(new Chunking(512, 128));
        assertThat(Chunking.ofDocuments(1)).isEqualTo(new Chunking(1, 0));
    }

    @Test
    void noWindowIsLongerThanWhatAModelReads() {
        assertThat(Chunking.AUTO.within(512)).isEqualTo(new Chunking(512, 256));
        assertThat(Chunking.AUTO.within(8_192)).isEqualTo(Chunking.AUTO);
        assertThat(new Chunking(4_096, 0).within(128)).isEqualTo(new Chunking(128, 0));
        assertThat(Chunking.AUTO.within(1)).isEqualTo(new Chunking(1, 0));
    }

    /** Whatever the text and the windows: all of the text is there, in order, in windows that are not too long or too many. */
    @Test
    void nothingIsLostAndNothingGoesOnForEver() {
        Random random = new Random(SEED);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            String text = text(random);
            int[] ends = ends(random, text);
            int max = 1 + random.nextInt(40);
            Chunking chunking = new Chunking(max, random.nextInt(max / 2 + 1));

            List<Cut> cuts = chunking.cut(text, ends);

            boolean[] covered = new boolean[text.length()];
            int before = -1;
            for (Cut cut : cuts) {
                assertThat(cut.tokens()).isBetween(1, max);
                assertThat(cut.start()).isGreaterThan(before).isLessThan(cut.end());
                before = cut.start();
                Arrays.fill(covered, cut.start(), cut.end(), true);
                assertThat(text.substring(cut.start(), cut.end())).isNotBlank();
            }
            for (int place = 0; place < covered.length; place++) {
                assertThat(covered[place] || Character.isWhitespace(text.charAt(place)))
                        .as("%s of '%s' at %d", chunking, text, place)
                        .isTrue();
            }
            assertThat(cuts.size())
                    .as("%s of %d", chunking, ends.length)
                    .isLessThanOrEqualTo(4 * ends.length / max + 4);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(300);
        String units = "abcdefgh  \n\n..!?。👍";
        while (text.length() < length) {
            int place = random.nextInt(units.length());
            if (!Character.isSurrogate(units.charAt(place))) {
                text.append(units.charAt(place));
            } else {
                text.append("👍");
            }
        }
        return text.toString();
    }

    private static int[] ends(Random random, String text) {
        List<Integer> ends = new ArrayList<>();
        int place = 0;
        while (place < text.length()) {
            place = Math.min(text.length(), place + 1 + random.nextInt(4));
            if (place < text.length() && Character.isLowSurrogate(text.charAt(place))) {
                place++;
            }
            ends.add(place);
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<String> cut(Chunking chunking, String text) {
        List<Integer> ends = new ArrayList<>();
        for (int place = 1; place < text.length(); place++) {
            if (Character.isWhitespace(text.charAt(place - 1)) && !Character.isWhitespace(text.charAt(place))) {
                ends.add(place);
            }
        }
        if (!text.isEmpty()) {
            ends.add(text.length());
        }
        return texts(
                text,
                chunking.cut(text, ends.stream().mapToInt(Integer::intValue).toArray()));
    }

    private static List<String> texts(String text, List<Cut> cuts) {
        return cuts.stream().map(cut -> text.substring(cut.start(), cut.end())).toList();
    }
}
