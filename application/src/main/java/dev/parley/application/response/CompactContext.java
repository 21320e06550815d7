package dev.parley.application.response;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.TurnSink;
import dev.parley.application.turn.History;
import dev.parley.application.turn.RunningTurns;
import dev.parley.application.turn.TurnRunner;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.Role;
import dev.parley.domain.turn.ItemRules;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnItems;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a conversation into a few words, which a client may go on with in its place (responses-api 6.2). */
public final class CompactContext {

    private final Context context;
    private final References references;
    private final TurnRunner runner;
    private final InstantSource clock;

    public CompactContext(Context context, References references, TurnRunner runner, InstantSource clock) {
        this.context = context;
        this.references = references;
        this.runner = runner;
        this.clock = clock;
    }

    /**
     * Asks the command's model and blocks until it has answered. Nothing is stored.
     *
     * @return the turn that was given the whole conversation to compact, at rest; {@link #standIns} are what came of it
     * @throws Refusal when what the command names does not exist, its items do not fit together, or there is nothing to put
     *     into words
     */
    public Turn compact(Owner owner, CreateResponse.Command command, Cancellation cancellation) {
        Context.Before before = context.of(owner, command.origin());
        List<Item> given = references.resolve(owner, command.input());
        List<Item> all = new ArrayList<>(before.items());
        all.addAll(given);
        if (all.isEmpty()) {
            throw Refusal.invalid("input", "There is nothing to compact: give input or previous_response_id.")
                    .because(Refusal.Reason.MISSING_PARAMETER);
        }
        ItemRules.check(before.items(), given);
        all.add(new Item.CompactionTrigger(ItemId.ofInput("cmp", command.id(), given.size())));
        try (RunningTurns.Run _ = runner.enter(command.id(), cancellation)) {
            Turn turn = Turn.begin(
                    command.id(),
                    new Origin.AfterTurn(Optional.empty()),
                    command.spec(),
                    new TurnInput.Items(all, command.metadata()),
                    clock.instant());
            History nothing = History.ofItems(List::of);
            return runner.drive(owner, turn, TurnJournal.DROPPING, nothing, TurnSink.DISCARDING, cancellation);
        }
    }

    /** What stands for the conversation that the turn has compacted: what the user said, word for word, and one item for all. */
    public static List<Item> standIns(Turn compacted) {
        List<Item> items = new ArrayList<>();
        for (Item item : TurnItems.input(compacted)) {
            if (item instanceof Item.Said said && said.role() == Role.USER) {
                items.add(said);
            }
        }
        items.addAll(TurnItems.output(compacted));
        return List.copyOf(items);
    }
}
