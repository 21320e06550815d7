package dev.parley.domain.conversation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * A line of items (responses-api 6.5). Its items are kept apart from it, so that it can be named without reading them.
 *
 * @param metadata the client's own
 */
public record Conversation(ConversationId id, Map<String, String> metadata, Instant createdAt) {

    public Conversation {
        requireNonNull(id, "id");
        metadata = Map.copyOf(metadata);
        requireNonNull(createdAt, "createdAt");
    }
}
