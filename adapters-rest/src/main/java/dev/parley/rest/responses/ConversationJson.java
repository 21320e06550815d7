package dev.parley.rest.responses;

import dev.parley.domain.conversation.Conversation;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.TreeMap;

/**
 * A conversation, without its items (responses-api 6.5).
 *
 * @param createdAt in seconds
 */
@WireRecord
@Schema(name = "Conversation")
record ConversationJson(String id, String object, long createdAt, Map<String, String> metadata) implements WireBody {

    static ConversationJson of(Conversation conversation) {
        return new ConversationJson(
                conversation.id().value(),
                "conversation",
                conversation.createdAt().getEpochSecond(),
                new TreeMap<>(conversation.metadata()));
    }
}
