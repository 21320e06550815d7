package dev.parley.application.response;

import dev.parley.application.port.Turns;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
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
        List<Item> all = new ArrayList<>(context.of(owner, turn).items());
        all.addAll(TurnItems.input(turn));
        return List.copyOf(all);
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
