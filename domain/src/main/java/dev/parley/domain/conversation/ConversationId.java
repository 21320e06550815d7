package dev.parley.domain.conversation;

import static java.util.Objects.requireNonNull;

/**
 * The id of a conversation, as clients know it.
 *
 * @param value opaque text that begins with {@code conv_}; one that does not exist is simply not found
 */
public record ConversationId(String value) {

    public ConversationId {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
