package dev.parley.persistence;

import dev.parley.application.port.Conversations;
import dev.parley.application.port.Page;
import dev.parley.domain.Owner;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.turn.TurnId;
import dev.parley.persistence.ConversationRows.ConversationRow;
import dev.parley.persistence.ConversationRows.ItemRow;
import dev.parley.persistence.json.BodyCodec;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversations in PostgreSQL. */
@Singleton
final class PostgresConversations implements Conversations {

    private final ConversationRows rows;
    private final Threads threads;
    private final BodyCodec codec;

    PostgresConversations(ConversationRows rows, Threads threads, BodyCodec codec) {
        this.rows = rows;
        this.threads = threads;
        this.codec = codec;
    }

    @Override
    public void add(Owner owner, Conversation conversation, List<Item> items) {
        rows.insert(
                owner.id(),
                conversation.id().value(),
                conversation.createdAt(),
                codec.write(conversation.metadata()),
                BodyCodec.VERSION,
                ids(items),
                bodies(items),
                compacting(items));
    }

    @Override
    public Optional<Conversation> find(Owner owner, ConversationId id) {
        return rows.find(owner.id(), id.value()).map(this::read);
    }

    @Override
    public Optional<Conversation> describe(Owner owner, ConversationId id, Map<String, String> metadata) {
        return rows.describe(owner.id(), id.value(), codec.write(metadata)).stream()
                .map(this::read)
                .findFirst();
    }

    @Override
    public boolean delete(Owner owner, ConversationId id) {
        boolean deleted = rows.delete(owner.id(), id.value()) > 0;
        if (deleted) {
            threads.dropIfEmpty(owner.id(), id.value());
        }
        return deleted;
    }

    @Override
    public boolean append(Owner owner, ConversationId id, List<Item> items) {
        return rows.append(owner.id(), id.value(), BodyCodec.VERSION, ids(items), bodies(items), compacting(items)) > 0;
    }

    @Override
    public List<Item> window(Owner owner, ConversationId id, int limit) {
        return readable(rows.nearest(owner.id(), id.value(), null, limit)).reversed();
    }

    @Override
    public List<Item> windowBefore(Owner owner, ConversationId id, TurnId turn, int limit) {
        return readable(rows.nearest(owner.id(), id.value(), turn.value(), limit))
                .reversed();
    }

    @Override
    public Optional<Page<Item>> list(Owner owner, ConversationId id, ItemSlice slice) {
        return list(owner, id, null, slice);
    }

    @Override
    public Optional<Page<Item>> listBefore(Owner owner, ConversationId id, TurnId turn, ItemSlice slice) {
        return list(owner, id, turn.value(), slice);
    }

    /** @param turn whose own items, and those behind them, are left out */
    private Optional<Page<Item>> list(Owner owner, ConversationId id, @Nullable String turn, ItemSlice slice) {
        @Nullable String after = slice.after().map(ItemId::value).orElse(null);
        // one more than wanted tells whether there is more
        int count = Math.addExact(slice.limit(), 1);
        List<ItemRow> found = slice.newestFirst()
                ? rows.newestFirst(owner.id(), id.value(), turn, after, count)
                : rows.oldestFirst(owner.id(), id.value(), turn, after, count);
        if (found.isEmpty() && !rows.has(owner.id(), id.value(), turn, after)) {
            return Optional.empty();
        }
        boolean more = found.size() > slice.limit();
        return Optional.of(new Page<>(readable(more ? found.subList(0, slice.limit()) : found), more));
    }

    @Override
    public Optional<Item> item(Owner owner, ConversationId id, ItemId item) {
        return rows.item(owner.id(), id.value(), item.value())
                .map(row -> Readable.orThrow("item", row.itemId(), () -> read(row)));
    }

    @Override
    public boolean remove(Owner owner, ConversationId id, ItemId item) {
        return rows.remove(owner.id(), id.value(), item.value()) > 0;
    }

    private Conversation read(ConversationRow row) {
        return Readable.orThrow(
                "conversation",
                row.id(),
                () -> new Conversation(
                        new ConversationId(row.id()), codec.readMetadata(row.metadata()), row.createdAt()));
    }

    private List<Item> readable(List<ItemRow> found) {
        return found.stream()
                .map(row -> Readable.orEmpty("item", row.itemId(), () -> read(row)))
                .flatMap(Optional::stream)
                .toList();
    }

    private Item read(ItemRow row) {
        return codec.readItem(row.schemaVersion(), row.body());
    }

    private static String[] ids(List<Item> items) {
        return items.stream().map(item -> item.id().value()).toArray(String[]::new);
    }

    private String[] bodies(List<Item> items) {
        return items.stream().map(codec::write).toArray(String[]::new);
    }

    private static Boolean[] compacting(List<Item> items) {
        return items.stream().map(Item::standsForAllBefore).toArray(Boolean[]::new);
    }
}
