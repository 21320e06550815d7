package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Refusal;
import java.util.Optional;

/** Reads the text out of documents: plain text, Markdown, HTML, PDF, Office. */
public interface DocumentParser {

    /**
     * The text of a document, in reading order. Blocks; bounded in time and in what it takes of memory.
     *
     * @throws UnreadableDocument when it is encrypted, broken, of an unknown kind, or unpacks to too much
     * @throws Refusal {@code UNAVAILABLE} when it was not looked at, or not to its end, and that is not its fault: other
     *     documents are being read, or the calling thread was interrupted, and still is. It may be read later
     */
    String text(Raw document) throws UnreadableDocument;

    /**
     * A document as it came.
     *
     * @param mediaType what its sender calls it, if anything; the content has the last word
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
    record Raw(byte[] content, Optional<String> mediaType, Optional<String> name) {
        public Raw {
            requireNonNull(content, "content");
            requireNonNull(mediaType, "mediaType");
            requireNonNull(name, "name");
        }
    }

    /** No text could be had; the message is for whoever sent the document. */
    @SuppressWarnings("serial") // never leaves the process
    final class UnreadableDocument extends Exception {
        private final boolean unsupported;

        public UnreadableDocument(String message) {
            this(message, false);
        }

        private UnreadableDocument(String message, boolean unsupported) {
            super(message);
            this.unsupported = unsupported;
        }

        /** It may be as it should, but it is of a kind that nobody here reads. */
        public static UnreadableDocument unsupported(String message) {
            return new UnreadableDocument(message, true);
        }

        /** Whether another kind of document is the remedy, and not a better one. */
        public boolean isUnsupported() {
            return unsupported;
        }

        /** What the caller is told. */
        public String explanation() {
            return requireNonNull(getMessage());
        }
    }
}
