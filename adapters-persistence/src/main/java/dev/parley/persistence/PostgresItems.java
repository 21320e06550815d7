package dev.parley.persistence;

import dev.parley.application.port.Items;
import dev.parley.domain.Owner;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnItems;
import dev.parley.persistence.json.BodyCodec;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Items found by their ids: in the turns that the ids lead to or that were given them, and in conversations. */
@Singleton
final class PostgresItems implements Items {

    private final TurnRows turns;
    private final ConversationRows conversations;
    private final TurnReader reader;
    private final BodyCodec codec;

    PostgresItems(TurnRows turns, ConversationRows conversations, TurnReader reader, BodyCodec codec) {
        this.turns = turns;
        this.conversations = conversations;
        this.reader = reader;
        this.codec = codec;
    }

    @Override
    public Map<ItemId, Item> find(Owner owner, Set<ItemId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<ItemId, Item> found = new LinkedHashMap<>();
        String[] holders = ids.stream()
                .flatMap(id -> id.turn().stream())
                .map(TurnId::value)
                .distinct()
                .toArray(String[]::new);
        reader.readOldestFirst(turns.holding(owner.id(), holders, values(ids))).stream()
                .flatMap(turn -> TurnItems.of(turn).stream())
                .filter(item -> ids.contains(item.id()))
                .forEach(item -> found.put(item.id(), item));
        Set<ItemId> missing = new HashSet<>(ids);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            conversations.items(owner.id(), values(missing)).stream()
                    .map(row -> Readable.orEmpty(
                            "item", row.itemId(), () -> codec.readItem(row.schemaVersion(), row.body())))
                    .flatMap(Optional::stream)
                    .forEach(item -> found.put(item.id(), item));
        }
        return found;
    }

    @Override
    public Set<TurnId> holders(Owner owner, ItemId id) {
        Set<TurnId> holders = new HashSet<>();
        id.turn().ifPresent(holders::add);
        turns.given(owner.id(), id.value()).forEach(turn -> holders.add(new TurnId(turn)));
        return holders;
    }

    private static String[] values(Collection<ItemId> ids) {
        return ids.stream().map(ItemId::value).toArray(String[]::new);
    }
}
