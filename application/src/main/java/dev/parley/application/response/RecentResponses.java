package dev.parley.application.response;

import dev.parley.domain.item.Item;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnItems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a client who stays connected can go on after although it is not stored: the last response of each chain that it has
 * under way, with all that came before. A response takes the place of the one that it follows. For many threads at once;
 * does not block.
 */
public final class RecentResponses {

    /** @param bytes about what they take */
    private record Chain(List<Item> items, long bytes) {}

    private final int most;
    private final long mostBytes;
    private final SequencedMap<TurnId, Chain> known = new LinkedHashMap<>();
    private long bytes;

    /**
     * When it is more, those that rest longest are forgotten.
     *
     * @param most how many chains are remembered
     * @param mostBytes about how many bytes they take together
     */
    public RecentResponses(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Remembers nothing: for a client who makes one request and is gone. */
    public static RecentResponses none() {
        return new RecentResponses(0, 0);
    }

    /** Forgets a response, so that it can't be gone on after from here. */
    public synchronized void forget(TurnId response) {
        Optional.ofNullable(known.remove(response)).ifPresent(chain -> bytes -= chain.bytes);
    }

    /** All up to the end of the response, oldest first; empty when it is not remembered. */
    synchronized Optional<List<Item>> upTo(TurnId response) {
        return Optional.ofNullable(known.get(response)).map(Chain::items);
    }

    /**
     * Remembers a turn at rest.
     *
     * @param previous what it followed
     * @param before all that came before it
     */
    synchronized void remember(Turn turn, Optional<TurnId> previous, List<Item> before) {
        if (most == 0) {
            return;
        }
        previous.ifPresent(this::forget);
        List<Item> all = new ArrayList<>(before);
        all.addAll(TurnItems.of(turn));
        Chain chain = new Chain(List.copyOf(all), Weight.of(all));
        known.put(turn.id(), chain);
        bytes += chain.bytes;
        while (known.size() > most || bytes > mostBytes) {
            forget(known.firstEntry().getKey());
        }
    }
}
