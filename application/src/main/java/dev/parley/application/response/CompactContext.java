package dev.parley.application.response;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.TurnSink;
import dev.parley.application.turn.Compaction;
import dev.parley.application.turn.RunningTurns;
import dev.parley.application.turn.TurnRunner;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnState;
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
     * @param turn the turn that was asked for the summary, at rest; it is not stored
     * @param items what stands for the conversation: what the user said, word for word, and one item for all
     */
    public record Compacted(Turn turn, List<Item> items) {
        public Compacted {
            requireNonNull(turn, "turn");
            items = List.copyOf(items);
        }
    }

    /**
     * Asks the command's model and blocks until it has answered. Nothing is stored.
     *
     * @return with no items when the turn broke; it says why
     * @throws Refusal when what the command names does not exist, or there is nothing to put into words
     */
    public Compacted compact(Owner owner, CreateResponse.Command command, Cancellation cancellation) {
        Context.Before before = context.of(owner, command.origin());
        List<Item> given = references.resolve(owner, command.input());
        List<Item> all = new ArrayList<>(before.items());
        all.addAll(given);
        if (all.isEmpty()) {
            throw Refusal.invalid("input", "There is nothing to compact: give input or previous_response_id.")
                    .because(Refusal.Reason.MISSING_PARAMETER);
        }
        List<Item> asked = new ArrayList<>(given);
        asked.add(new Item.Said(
                ItemId.ofInput("msg", command.id(), given.size()),
                Role.USER,
                List.of(new ItemPart.InputText(Compaction.REQUEST)),
                ItemStatus.COMPLETED,
                Optional.empty()));
        try (RunningTurns.Run _ = runner.enter(command.id(), cancellation)) {
            Turn turn = Turn.begin(
                    command.id(),
                    before.origin(),
                    command.spec(),
                    new TurnInput.Items(asked, command.metadata()),
                    clock.instant());
            Turn rested = runner.drive(
                    owner, turn, TurnJournal.DROPPING, before.history(), TurnSink.DISCARDING, cancellation);
            return new Compacted(rested, standIns(rested, all));
        }
    }

    private static List<Item> standIns(Turn rested, List<Item> all) {
        if (!(rested.state() instanceof TurnState.Completed(var answer))) {
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        for (Item item : all) {
            if (item instanceof Item.Said said && said.role() == Role.USER) {
                items.add(said);
            }
        }
        items.add(new Item.Compacted(
                ItemId.ofOutput("cmp", rested.id(), 0, 0), "", answer.text().strip()));
        return items;
    }
}
