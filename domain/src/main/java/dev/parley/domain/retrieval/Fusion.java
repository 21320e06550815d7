package dev.parley.domain.retrieval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Puts two lists of hits into one by reciprocal rank fusion: what counts is the place in each list, not the scores, which are of
 * different kinds. A chunk at rank r of a list gets the list's weight divided by 60 + r, less of it where it has only some of
 * the words; the sum, divided by what the first of both lists would get, is its score.
 */
public final class Fusion {

    /** What the authors of the method use; the first places of a list do not outweigh everything else. */
    private static final double SMOOTHING = 60;

    /** From this score on, a hit has all of the words (see the port of the index). */
    private static final double ALL_WORDS = 0.5;

    private Fusion() {}

    /** The best first; of two that are equally good, the one that comes nearer to the beginning of the first list. */
    public static List<Hit> fuse(List<Hit> byMeaning, List<Hit> byWords, Ranking.Mode.Both weights) {
        Map<Hit.Place, Hit> hits = new LinkedHashMap<>();
        Map<Hit.Place, Double> scores = new LinkedHashMap<>();
        rank(byMeaning, _ -> weights.meaningWeight(), hits, scores);
        rank(byWords, hit -> weights.wordsWeight() * trust(hit), hits, scores);
        double best = (weights.meaningWeight() + weights.wordsWeight()) / (SMOOTHING + 1);
        List<Hit> fused = new ArrayList<>();
        hits.forEach((place, hit) -> {
            double score = scores.getOrDefault(place, 0.0);
            if (score > 0) {
                fused.add(hit.scored(Math.min(1, score / best)));
            }
        });
        fused.sort(Comparator.comparingDouble(Hit::score).reversed());
        return List.copyOf(fused);
    }

    /**
     * How much a place among the hits by words says, from 0 to 1. A question that is asked in other words than the texts' leaves a
     * list whose first places have a word or two of it: were they worth as much as the first places by meaning, they would push
     * the answers down.
     */
    private static double trust(Hit byWords) {
        double share = Math.min(1, byWords.score() / ALL_WORDS);
        return share * share;
    }

    private static void rank(
            List<Hit> list, ToDoubleFunction<Hit> weight, Map<Hit.Place, Hit> hits, Map<Hit.Place, Double> scores) {
        for (int index = 0; index < list.size(); index++) {
            Hit hit = list.get(index);
            hits.putIfAbsent(hit.place(), hit);
            scores.merge(hit.place(), weight.applyAsDouble(hit) / (SMOOTHING + index + 1), Double::sum);
        }
    }
}
