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

/** Reads and deletes responses. */
public final class ReadResponses {

    private final Turns turns;
    private final InputItems input;

    public ReadResponses(Turns turns, InputItems input) {
        this.turns = turns;
        this.input = input;
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
     * Some of what there is to see for the turn's model: what came before, then the turn's own input (responses-api 6.4).
     * Blocks on the store.
     *
     * @throws Refusal when there is no such turn, or none of the items is the one to begin after
     */
    public Page<Item> input(Owner owner, TurnId id, ItemSlice slice) {
        return input.list(owner, get(owner, id), slice)
                .orElseThrow(() -> Refusal.of(
                        Refusal.Code.NOT_FOUND,
                        "Item with id '%s' not found."
                                .formatted(slice.after().map(ItemId::value).orElse("")),
                        "after"));
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
