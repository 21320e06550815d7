package dev.parley.application.conversation;

import dev.parley.application.port.Conversations;
import dev.parley.application.port.Conversations.ItemSlice;
import dev.parley.application.port.Page;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;

/** Reads conversations and their items back. Every method blocks on the store. */
public final class ReadConversations {

    private final Conversations conversations;

    public ReadConversations(Conversations conversations) {
        this.conversations = conversations;
    }

    /** @throws Refusal when the owner has no such conversation */
    public Conversation get(Owner owner, ConversationId id) {
        return conversations.find(owner, id).orElseThrow(() -> notFound(id));
    }

    /** @throws Refusal when the owner has no such conversation, or it has no item like the one to begin after */
    public Page<Item> items(Owner owner, ConversationId id, ItemSlice slice) {
        return conversations.list(owner, id, slice).orElseThrow(() -> {
            get(owner, id);
            return notFound(slice.after().orElseThrow(), "after");
        });
    }

    /** @throws Refusal when there is no such item in that conversation */
    public Item item(Owner owner, ConversationId id, ItemId item) {
        return conversations.item(owner, id, item).orElseThrow(() -> {
            get(owner, id);
            return notFound(item, "item_id");
        });
    }

    static Refusal notFound(ConversationId id) {
        return Refusal.of(Refusal.Code.NOT_FOUND, "Conversation with id '%s' not found.".formatted(id), "conversation");
    }

    static Refusal notFound(ItemId id, String field) {
        return Refusal.of(Refusal.Code.NOT_FOUND, "Item with id '%s' not found.".formatted(id), field);
    }
}
