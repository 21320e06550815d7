package dev.parley.persistence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the nearest of all the vectors that it is shown. For one search, by one thread. */
final class NearestChunks {

    /** Where a chunk stands, and the cosine of the angle between its vector and the query. */
    record Near(String document, long revision, int position, float score) {}

    private final float[] query;
    private final int limit;
    private final PriorityQueue<Near> nearest;

    NearestChunks(float[] query, int limit) {
        this.query = query;
        this.limit = limit;
        this.nearest = new PriorityQueue<>(Comparator.comparingDouble(Near::score));
    }

    /** Shows it a vector that begins at a place in an array; one of no likeness at all is not kept. */
    void show(String document, long revision, int position, float[] numbers, int start) {
        float score = product(query, numbers, start);
        if (!(score > 0)) {
            return;
        }
        if (nearest.size() < limit) {
            nearest.add(new Near(document, revision, position, score));
        } else if (score > nearest.element().score()) {
            nearest.remove();
            nearest.add(new Near(document, revision, position, score));
        }
    }

    /** The nearest first. */
    List<Near> found() {
        List<Near> found = new ArrayList<>(nearest);
        found.sort(Comparator.comparingDouble(Near::score)
                .reversed()
                .thenComparing(Near::document)
                .thenComparingInt(Near::position));
        return found;
    }

    /** Several sums side by side, none of which waits for another. */
    static float product(float[] query, float[] numbers, int start) {
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int place = 0;
        for (; place + 3 < query.length; place += 4) {
            first += query[place] * numbers[start + place];
            second += query[place + 1] * numbers[start + place + 1];
            third += query[place + 2] * numbers[start + place + 2];
            fourth += query[place + 3] * numbers[start + place + 3];
        }
        for (; place < query.length; place++) {
            first += query[place] * numbers[start + place];
        }
        return first + second + third + fourth;
    }
}
