package dev.parley.application.turn;

import dev.parley.domain.turn.Turn;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The turns before one, oldest first: read once, when something is first to see them. Used by one thread. */
final class History {

    private final Supplier<List<Turn>> reading;

    @Nullable
    private List<Turn> turns;

    History(Supplier<List<Turn>> reading) {
        this.reading = reading;
    }

    /** Blocks on the store the first time. */
    List<Turn> turns() {
        if (turns == null) {
            turns = reading.get();
        }
        return turns;
    }
}
