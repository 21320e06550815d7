package dev.parley.application.conversation;

import dev.parley.application.port.Conversations;
import dev.parley.application.response.InputItem;
import dev.parley.application.response.References;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import java.util.List;
import java.util.Map;

/** Changes conversations by hand, beside what turns add to them. Every method blocks on the store. */
public final class EditConversation {

    private final Conversations conversations;
    private final References references;

    public EditConversation(Conversations conversations, References references) {
        this.conversations = conversations;
        this.references = references;
    }

    /**
     * Puts the metadata in the place of what was there.
     *
     * @throws Refusal when the owner has no such conversation
     */
    public Conversation describe(Owner owner, ConversationId id, Map<String, String> metadata) {
        return conversations.describe(owner, id, metadata).orElseThrow(() -> ReadConversations.notFound(id));
    }

    /**
     * Adds items at the end, all or nothing.
     *
     * @return what was added, in its order
     * @throws Refusal when the owner has no such conversation, an id is there already, or a reference leads nowhere
     */
    public List<Item> add(Owner owner, ConversationId id, List<InputItem> items) {
        List<Item> added = references.resolve(owner, items);
        NewItems.requireDistinct(added);
        for (Item item : added) {
            if (conversations.item(owner, id, item.id()).isPresent()) {
                throw NewItems.duplicate(item.id());
            }
        }
        if (!conversations.append(owner, id, added)) {
            throw ReadConversations.notFound(id);
        }
        return added;
    }

    /**
     * Takes an item out.
     *
     * @return the conversation that it was in
     * @throws Refusal when there is no such item in that conversation
     */
    public Conversation remove(Owner owner, ConversationId id, ItemId item) {
        Conversation conversation = conversations.find(owner, id).orElseThrow(() -> ReadConversations.notFound(id));
        if (!conversations.remove(owner, id, item)) {
            throw ReadConversations.notFound(item, "item_id");
        }
        return conversation;
    }
}
