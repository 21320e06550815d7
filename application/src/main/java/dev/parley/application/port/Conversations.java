package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.turn.TurnId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Conversations and the items in them, in the order in which they were added. What a turn adds to its conversation is
 * written by {@link TurnJournal}, with the turn's end. Every method blocks on the store.
 */
public interface Conversations {

    /** Keeps a new conversation with its first items, all or nothing. */
    void add(Owner owner, Conversation conversation, List<Item> items);

    /** The conversation; empty when the owner has none of that id. */
    Optional<Conversation> find(Owner owner, ConversationId id);

    /** The conversation with this metadata in the place of its own; empty when the owner has none of that id. */
    Optional<Conversation> describe(Owner owner, ConversationId id, Map<String, String> metadata);

    /**
     * Deletes the conversation with its items; the turns that ran in it stay.
     *
     * @return false when the owner has none of that id
     */
    boolean delete(Owner owner, ConversationId id);

    /**
     * Adds items at the end, all or nothing.
     *
     * @return false when the owner has no such conversation
     */
    boolean append(Owner owner, ConversationId id, List<Item> items);

    /**
     * The items that still count, oldest first: from the last one on that {@linkplain Item#standsForAllBefore stands for all
     * before it}. What lies before that is not read. Empty when there is no such conversation.
     *
     * @param limit the most to return, the nearest to the end
     */
    List<Item> window(Owner owner, ConversationId id, int limit);

    /** The same as it was before the turn added its own items; as it is when it has added none. */
    List<Item> windowBefore(Owner owner, ConversationId id, TurnId turn, int limit);

    /**
     * Some of the items.
     *
     * @return empty when there is no such conversation, or none of its items is the one to begin after
     */
    Optional<Page<Item>> list(Owner owner, ConversationId id, ItemSlice slice);

    /** Some of the items that were there before the turn added its own; some of all when it has added none. */
    Optional<Page<Item>> listBefore(Owner owner, ConversationId id, TurnId turn, ItemSlice slice);

    /** One item; empty when the conversation has none of that id, or the owner no such conversation. */
    Optional<Item> item(Owner owner, ConversationId id, ItemId item);

    /** @return false when the conversation has no such item */
    boolean remove(Owner owner, ConversationId id, ItemId item);

    /**
     * Which items of a list to show.
     *
     * @param after the item to begin behind; empty to begin with the first
     * @param limit at least 1
     * @param newestFirst in which direction the list goes
     */
    record ItemSlice(Optional<ItemId> after, int limit, boolean newestFirst) {
        public ItemSlice {
            requireNonNull(after, "after");
            if (limit < 1) {
                throw new IllegalArgumentException("limit must be at least 1: " + limit);
            }
        }
    }
}
