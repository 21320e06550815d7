package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Reads the text out of documents: plain text, Markdown, HTML, PDF, Office. */
public interface DocumentParser {

    /**
     * The text of a document, in reading order. Blocks; bounded in time and in what it takes of memory.
     *
     * @throws UnreadableDocument when it is encrypted, broken, of an unknown kind, or unpacks to too much
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
        public UnreadableDocument(String message) {
            super(message);
        }

        /** What the caller is told. */
        public String explanation() {
            return requireNonNull(getMessage());
        }
    }
}
