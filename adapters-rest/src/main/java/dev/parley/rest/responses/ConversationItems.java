package dev.parley.rest.responses;

import dev.parley.application.conversation.CreateConversation;
import dev.parley.application.response.InputItem;
import dev.parley.application.response.Seal;
import jakarta.inject.Singleton;
import java.util.List;

/** Reads the items that clients put into conversations themselves. */
@Singleton
final class ConversationItems {

    private static final int MOST = 20;

    private final CreateConversation createConversation;
    private final Seal seal;

    ConversationItems(CreateConversation createConversation, Seal seal) {
        this.createConversation = createConversation;
        this.seal = seal;
    }

    List<InputItem> readOptional(Param list) {
        return list.optional(this::read).orElse(List.of());
    }

    List<InputItem> read(Param list) {
        return new InputReader((prefix, _) -> createConversation.newItemId(prefix), seal, new ToolReader(seal))
                .readItems(list, MOST);
    }
}
