package dev.parley.application.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.turn.Document;

/** A document as a client hands it over with a turn (agents-api 2.7). */
public sealed interface GivenDocument {

    /** Its text is there. */
    record AtHand(Document document) implements GivenDocument {
        public AtHand {
            requireNonNull(document, "document");
        }
    }

    /**
     * It is to be fetched.
     *
     * @param url of {@code http}, {@code https} or {@code data}
     * @param mimeType what the client says that it is
     */
    record ByUrl(String url, String mimeType) implements GivenDocument {
        public ByUrl {
            requireNonNull(url, "url");
            requireNonNull(mimeType, "mimeType");
        }
    }
}
