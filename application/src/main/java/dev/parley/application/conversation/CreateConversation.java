package dev.parley.application.conversation;

import dev.parley.application.port.Conversations;
import dev.parley.application.port.Ids;
import dev.parley.application.response.InputItem;
import dev.parley.application.response.References;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Begins a conversation (responses-api 6.5). */
public final class CreateConversation {

    private final Conversations conversations;
    private final References references;
    private final Ids ids;
    private final InstantSource clock;

    public CreateConversation(Conversations conversations, References references, Ids ids, InstantSource clock) {
        this.conversations = conversations;
        this.references = references;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * An id for an item that its client gave none, and that belongs to no turn; does not block.
     *
     * @param prefix what kind of item it is, such as {@code msg}
     */
    public ItemId newItemId(String prefix) {
        return new ItemId(prefix + '_' + freshText());
    }

    /**
     * Blocks until the conversation is stored with its first items.
     *
     * @throws Refusal when two of the items have one id, or a reference leads nowhere
     */
    public Conversation create(Owner owner, Map<String, String> metadata, List<InputItem> items) {
        List<Item> first = references.resolve(owner, items);
        NewItems.requireDistinct(first);
        Conversation conversation = new Conversation(
                new ConversationId("conv_" + freshText()),
                metadata,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        conversations.add(owner, conversation, first);
        return conversation;
    }

    private String freshText() {
        return ids.next().toString().replace("-", "");
    }
}
