package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Content;

/**
 * Material that a client handed over with a turn. The model reads it after the turn's last user message.
 *
 * @param content text, already at hand; never an address to fetch
 */
public record Document(Content content, String mimeType) {

    public Document {
        requireNonNull(content, "content");
        requireNonNull(mimeType, "mimeType");
    }
}
