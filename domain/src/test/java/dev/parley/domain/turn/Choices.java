package dev.parley.domain.turn;

import java.util.List;

/**
 * Choices that were all made beforehand. They are used in order, and over again when they run out; with none at all, the
 * first of everything is chosen. A test that fails is so made simpler by leaving choices out and by choosing earlier things.
 */
final class Choices {

    private final List<Integer> made;
    private int used;

    Choices(List<Integer> made) {
        this.made = List.copyOf(made);
    }

    /** A number from 0 on; 0 when there are no choices. */
    int below(int bound) {
        return made.isEmpty() ? 0 : made.get(used++ % made.size()) % bound;
    }

    boolean oneIn(int chances) {
        return below(chances) == chances - 1;
    }

    @SafeVarargs
    final <T> T among(T... things) {
        return things[below(things.length)];
    }
}
