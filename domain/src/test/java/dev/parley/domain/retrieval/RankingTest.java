package dev.parley.domain.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Ranking.Mode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How hits are put in order: what requests say of it, and the fusion of two lists. */
final class RankingTest {

    @Test
    void rankingOptionsAreRead() {
        assertThat(read("{}")).isEqualTo(Ranking.DEFAULT);
        assertThat(read("{\"ranker\":\"auto\",\"score_threshold\":0.25}"))
                .isEqualTo(new Ranking(new Mode.Meaning(), 0.25));
        assertThat(read("{\"hybrid_search\":{\"embedding_weight\":0.7,\"text_weight\":0.3}}"))
                .isEqualTo(new Ranking(new Mode.Both(0.7, 0.3), 0));
        assertThat(read("{\"hybrid_search\":{}}")).isEqualTo(new Ranking(Mode.Both.EVENLY, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | options",
                "{\"ranker\":\"magic\"} | options.ranker",
                "{\"score_threshold\":1.1} | options.score_threshold",
                "{\"score_threshold\":\"high\"} | options.score_threshold",
                "{\"hybrid_search\":{\"embedding_weight\":-1}} | options.hybrid_search",
                "{\"hybrid_search\":{\"embedding_weight\":0,\"text_weight\":0}} | options.hybrid_search",
                "{\"hybrid_search\":true} | options.hybrid_search"
            })
    void whatIsNoRankingIsRefusedByItsField(String json, String field) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> read(json))
                .satisfies(refusal -> assertThat(refusal.field()).contains(field));
    }

    @Test
    void weightsMakeSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Mode.Both(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Mode.Both(Double.MAX_VALUE, Double.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ranking(new Mode.Words(), Double.NaN));
    }

    @Test
    void whatIsFirstInBothListsIsFirstWithTheFullScore() {
        List<Hit> fused = Fusion.fuse(hits("a", "b", "c"), hits("a", "c", "d"), Mode.Both.EVENLY);

        assertThat(fused).extracting(hit -> hit.document().value()).containsExactly("a", "c", "b", "d");
        assertThat(fused.getFirst().score()).isEqualTo(1);
    }

    /** Plain reciprocal ranks would put the second by meaning, which has one of four words, before the first. */
    @Test
    void aHitByFewOfTheWordsCountsLess() {
        List<Hit> meaning = hits("answer", "other");
        List<Hit> oneWordOfFour = List.of(hits("other").getFirst().scored(0.125));
        List<Hit> allWords = List.of(hits("other").getFirst().scored(0.97));

        assertThat(Fusion.fuse(meaning, List.of(hits("stray").getFirst().scored(0.125)), Mode.Both.EVENLY))
                .extracting(hit -> hit.document().value())
                .containsExactly("answer", "other", "stray");
        double little = score(Fusion.fuse(meaning, oneWordOfFour, Mode.Both.EVENLY), "other");
        double all = score(Fusion.fuse(meaning, allWords, Mode.Both.EVENLY), "other");
        assertThat(little).isBetween(0.5, 0.6);
        assertThat(all).isGreaterThan(0.95);
    }

    private static double score(List<Hit> hits, String name) {
        return hits.stream()
                .filter(hit -> hit.document().value().equals(name))
                .findFirst()
                .orElseThrow()
                .score();
    }

    @Test
    void aWeightOfNothingLeavesAListOut() {
        assertThat(Fusion.fuse(hits("a", "b"), hits("c"), new Mode.Both(1, 0)))
                .extracting(hit -> hit.document().value())
                .containsExactly("a", "b");
        assertThat(Fusion.fuse(hits("a", "b"), hits("c"), new Mode.Both(0, 2)))
                .extracting(hit -> hit.document().value())
                .containsExactly("c");
    }

    @Test
    void weightsDecideBetweenTwoThatAreFirst() {
        assertThat(Fusion.fuse(hits("a"), hits("b"), new Mode.Both(0.7, 0.3))
                        .getFirst()
                        .document()
                        .value())
                .isEqualTo("a");
        assertThat(Fusion.fuse(hits("a"), hits("b"), new Mode.Both(0.3, 0.7))
                        .getFirst()
                        .document()
                        .value())
                .isEqualTo("b");
    }

    /** Whatever is fused: everything is there once, in order, from 0 to 1; and to be better in a list is never worse. */
    @Test
    void fusionKeepsItsLaws() {
        Random random = new Random(11);
        for (int attempt = 0; attempt < 500; attempt++) {
            List<Hit> meaning = some(random);
            List<Hit> words = some(random);
            Mode.Both weights = new Mode.Both(0.1 + random.nextDouble(), 0.1 + random.nextDouble());

            List<Hit> fused = Fusion.fuse(meaning, words, weights);

            assertThat(fused).extracting(Hit::place).doesNotHaveDuplicates();
            assertThat(fused.stream().map(Hit::place).collect(Collectors.toSet()))
                    .isEqualTo(Stream.concat(meaning.stream(), words.stream())
                            .map(Hit::place)
                            .collect(Collectors.toSet()));
            assertThat(fused).extracting(Hit::score).isSortedAccordingTo(Collections.reverseOrder());
            for (int place = 1; place < meaning.size(); place++) {
                Hit better = meaning.get(place - 1);
                Hit worse = meaning.get(place);
                if (rank(words, better) <= rank(words, worse)) {
                    assertThat(rank(fused, better)).isLessThan(rank(fused, worse));
                }
            }
        }
    }

    private static int rank(List<Hit> list, Hit hit) {
        List<Hit.Place> places = list.stream().map(Hit::place).toList();
        int index = places.indexOf(hit.place());
        return index < 0 ? Integer.MAX_VALUE : index;
    }

    private static List<Hit> some(Random random) {
        List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g"));
        Collections.shuffle(names, random);
        return hits(names.subList(0, random.nextInt(names.size())).toArray(String[]::new));
    }

    private static List<Hit> hits(String... names) {
        List<Hit> hits = new ArrayList<>();
        for (String name : names) {
            hits.add(new Hit(
                    new VectorStoreId("vs"),
                    new DocumentId(name),
                    name,
                    Attributes.NONE,
                    new Chunk(0, name, 1, JsonText.EMPTY_OBJECT),
                    0.5));
        }
        return hits;
    }

    private static Ranking read(String json) {
        return SearchTermsReader.ranking(JsonValue.parse(json).orElseThrow(), "options");
    }
}
