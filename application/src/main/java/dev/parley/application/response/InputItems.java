package dev.parley.application.response;

import dev.parley.application.port.Conversations;
import dev.parley.application.port.Conversations.ItemSlice;
import dev.parley.application.port.Items;
import dev.parley.application.port.Page;
import dev.parley.application.port.Turns;
import dev.parley.application.turn.TurnSettings;
import dev.parley.domain.Owner;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists what came before a response, and behind that what it was given itself (responses-api 6.4). Of what came before no more
 * is read than a page shows: of a line of turns the ids, and the turns whose items are on the page.
 */
public final class InputItems {

    private final Turns turns;
    private final Items items;
    private final Conversations conversations;
    private final TurnSettings settings;

    public InputItems(Turns turns, Items items, Conversations conversations, TurnSettings settings) {
        this.turns = turns;
        this.items = items;
        this.conversations = conversations;
        this.settings = settings;
    }

    /** Some of the items; empty when none of them is the one to begin after. Blocks on the store. */
    Optional<Page<Item>> list(Owner owner, Turn turn, ItemSlice slice) {
        List<Item> own = inOrder(TurnItems.input(turn), slice);
        Optional<List<Item>> behind = slice.after().flatMap(after -> behind(own, after));
        if (slice.newestFirst()) {
            return slice.after().isEmpty() || behind.isPresent()
                    ? Optional.of(thenBefore(owner, turn, behind.orElse(own), slice))
                    : before(owner, turn, slice);
        }
        return behind.isPresent()
                ? behind.map(rest -> cut(rest, slice.limit()))
                : before(owner, turn, slice).map(page -> thenOwn(page, own, slice));
    }

    private Page<Item> thenBefore(Owner owner, Turn turn, List<Item> own, ItemSlice slice) {
        if (own.size() > slice.limit()) {
            return cut(own, slice.limit());
        }
        // one more than wanted tells whether there is more
        int missing = slice.limit() - own.size();
        List<Item> all = new ArrayList<>(own);
        before(owner, turn, new ItemSlice(Optional.empty(), missing + 1, true))
                .ifPresent(page -> all.addAll(page.items()));
        return cut(all, slice.limit());
    }

    private static Page<Item> thenOwn(Page<Item> before, List<Item> own, ItemSlice slice) {
        if (before.hasMore()) {
            return before;
        }
        List<Item> all = new ArrayList<>(before.items());
        all.addAll(own);
        return cut(all, slice.limit());
    }

    private Optional<Page<Item>> before(Owner owner, Turn turn, ItemSlice slice) {
        return switch (turn.origin()) {
            case Origin.InConversation(ConversationId conversation) -> {
                Optional<Page<Item>> page = conversations.listBefore(owner, conversation, turn.id(), slice);
                // of a conversation that was deleted there is nothing left to list
                yield page.isEmpty() && slice.after().isEmpty() ? Optional.of(new Page<>(List.of(), false)) : page;
            }
            case Origin.InSession _, Origin.AfterTurn _ -> ofLine(owner, idsBefore(owner, turn, slice), slice);
        };
    }

    /** In the order in which they are listed. */
    private List<TurnId> idsBefore(Owner owner, Turn turn, ItemSlice slice) {
        List<TurnId> line = turns.wholeLineage(owner, turn.id(), settings.historyTurns() + 1);
        List<TurnId> before = line.isEmpty() ? line : line.subList(0, line.size() - 1);
        return inOrder(before, slice);
    }

    private Optional<Page<Item>> ofLine(Owner owner, List<TurnId> line, ItemSlice slice) {
        List<Item> found = new ArrayList<>();
        int next = 0;
        if (slice.after().isPresent()) {
            Optional<Start> start = start(owner, line, slice, slice.after().get());
            if (start.isEmpty()) {
                return Optional.empty();
            }
            found.addAll(start.get().rest());
            next = start.get().next();
        }
        while (found.size() <= slice.limit() && next < line.size()) {
            // most turns have two items: what was said and what was answered
            int wanted = 1 + (slice.limit() - found.size()) / 2;
            int end = Math.min(line.size(), next + wanted);
            turns.all(owner, line.subList(next, end)).forEach(turn -> found.addAll(inOrder(TurnItems.of(turn), slice)));
            next = end;
        }
        return Optional.of(cut(found, slice.limit()));
    }

    /**
     * Where a page begins that does not begin at the start.
     *
     * @param rest what is left of the turn that has the item to begin after
     * @param next the place of the turn behind it
     */
    private record Start(List<Item> rest, int next) {}

    private Optional<Start> start(Owner owner, List<TurnId> line, ItemSlice slice, ItemId after) {
        Set<TurnId> holders = items.holders(owner, after);
        for (int place = 0; place < line.size(); place++) {
            if (holders.contains(line.get(place))) {
                Optional<List<Item>> rest = turns.all(owner, List.of(line.get(place))).stream()
                        .findFirst()
                        .flatMap(turn -> behind(inOrder(TurnItems.of(turn), slice), after));
                if (rest.isPresent()) {
                    return Optional.of(new Start(rest.get(), place + 1));
                }
            }
        }
        return Optional.empty();
    }

    private static <T> List<T> inOrder(List<T> oldestFirst, ItemSlice slice) {
        return slice.newestFirst() ? oldestFirst.reversed() : oldestFirst;
    }

    /** What comes behind the item; empty when it is not there. */
    private static Optional<List<Item>> behind(List<Item> all, ItemId after) {
        int place = all.stream().map(Item::id).toList().indexOf(after);
        return place < 0 ? Optional.empty() : Optional.of(all.subList(place + 1, all.size()));
    }

    private static Page<Item> cut(List<Item> found, int limit) {
        return new Page<>(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
    }
}
