package dev.parley.application.response;

import dev.parley.application.port.Conversations.ItemSlice;
import dev.parley.application.port.Page;
import dev.parley.application.port.Turns;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnItems;
import java.util.ArrayList;
import java.util.List;

/** Reads and deletes responses. */
public final class ReadResponses {

    private final Turns turns;
    private final Context context;

    public ReadResponses(Turns turns, Context context) {
        this.turns = turns;
        this.context = context;
    }

    /**
     * The turn, however far it has come. Blocks on the store.
     *
     * @throws Refusal when there is none
     */
    public Turn get(Owner owner, TurnId id) {
        return turns.find(owner, id).orElseThrow(() -> notFound(id));
    }

    /**
     * All that the model was given for the turn, oldest first: what came before, then the turn's own input
     * (responses-api 6.4). Blocks on the store.
     *
     * @throws Refusal when there is no such turn
     */
    public List<Item> input(Owner owner, TurnId id) {
        Turn turn = get(owner, id);
        List<Item> all = new ArrayList<>(context.itemsBefore(owner, turn));
        all.addAll(TurnItems.input(turn));
        return List.copyOf(all);
    }

    /**
     * Some of the same. Blocks on the store.
     *
     * @throws Refusal when there is no such turn, or none of its items is the one to begin after
     */
    public Page<Item> input(Owner owner, TurnId id, ItemSlice slice) {
        List<Item> oldestFirst = input(owner, id);
        List<Item> all = slice.newestFirst() ? oldestFirst.reversed() : oldestFirst;
        int start = slice.after().map(after -> placeBehind(all, after)).orElse(0);
        int end = Math.min(all.size(), start + slice.limit());
        return new Page<>(all.subList(start, end), end < all.size());
    }

    private static int placeBehind(List<Item> all, ItemId after) {
        int place = all.stream().map(Item::id).toList().indexOf(after);
        if (place < 0) {
            throw Refusal.of(Refusal.Code.NOT_FOUND, "Item with id '%s' not found.".formatted(after), "after");
        }
        return place + 1;
    }

    /**
     * Deletes the turn. Blocks on the store.
     *
     * @throws Refusal when there is none, or it is still running
     */
    public void delete(Owner owner, TurnId id) {
        if (turns.delete(owner, id)) {
            return;
        }
        get(owner, id);
        throw Refusal.of(
                Refusal.Code.CONFLICT,
                "Response with id '%s' is still in progress; cancel it, or wait until it ends."
                        .formatted(ResponseId.of(id)));
    }

    static Refusal notFound(TurnId id) {
        return Refusal.of(Refusal.Code.NOT_FOUND, "Response with id '%s' not found.".formatted(ResponseId.of(id)));
    }
}
