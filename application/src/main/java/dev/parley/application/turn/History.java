package dev.parley.application.turn;

import dev.parley.domain.item.Item;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Prompt;
import dev.parley.domain.turn.Turn;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What came before a turn: read once, when something is first to see it. Used by one thread. */
public final class History {

    private final Supplier<? extends BeforeIt> reading;

    @Nullable
    private BeforeIt before;

    private History(Supplier<? extends BeforeIt> reading) {
        this.reading = reading;
    }

    /** What the model is shown of what came before, and of the turn. */
    @FunctionalInterface
    private interface BeforeIt {
        List<Message> prompt(Turn turn);
    }

    /** The turns before, oldest first. */
    public static History ofTurns(Supplier<List<Turn>> reading) {
        return of(reading, Prompt::of);
    }

    /** The items of a conversation, oldest first. */
    public static History ofItems(Supplier<List<Item>> reading) {
        return of(reading, Prompt::ofItems);
    }

    private static <T> History of(Supplier<T> reading, BiFunction<T, Turn, List<Message>> prompt) {
        return new History(() -> {
            T read = reading.get();
            return turn -> prompt.apply(read, turn);
        });
    }

    /** What the model is shown for the next inference of the turn. Blocks on the store the first time. */
    public List<Message> prompt(Turn turn) {
        if (before == null) {
            before = reading.get();
        }
        return before.prompt(turn);
    }
}
