package dev.parley.application.conversation;

import dev.parley.application.port.Conversations;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.conversation.ConversationId;

/** Deletes a conversation; the responses that were given in it stay. */
public final class DeleteConversation {

    private final Conversations conversations;

    public DeleteConversation(Conversations conversations) {
        this.conversations = conversations;
    }

    /**
     * Blocks on the store.
     *
     * @throws Refusal when the owner has no such conversation
     */
    public void delete(Owner owner, ConversationId id) {
        if (!conversations.delete(owner, id)) {
            throw ReadConversations.notFound(id);
        }
    }
}
