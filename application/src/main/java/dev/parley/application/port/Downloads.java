package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Fetches what a user's word names: addresses of documents and files. The one way out for them, and a guarded one. */
public interface Downloads {

    /**
     * Fetches an address of {@code http}, {@code https} or {@code data} and blocks until all of it is there. Redirects are
     * followed as far as each of them may be.
     *
     * @throws DownloadFailed when the address may not be reached, does not answer in time or answers too much
     */
    Download fetch(String url, Cancellation cancellation) throws DownloadFailed;

    /**
     * What was there.
     *
     * @param mediaType as its server tells it, with parameters such as the charset
     * @param name the last part of its path
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
    record Download(byte[] content, Optional<String> mediaType, Optional<String> name) {
        public Download {
            requireNonNull(content, "content");
            requireNonNull(mediaType, "mediaType");
            requireNonNull(name, "name");
        }

        /** A type that somebody else has given it, with the parameters of its server where that one has none. */
        public String mediaTypeAs(String given) {
            String told = mediaType.orElse("");
            boolean addsNothing = given.indexOf(';') >= 0 || told.indexOf(';') < 0;
            return addsNothing ? given : given + told.substring(told.indexOf(';'));
        }
    }

    /** The address brought nothing; the message is for whoever named it. */
    @SuppressWarnings("serial") // never leaves the process
    final class DownloadFailed extends Exception {
        public DownloadFailed(String message) {
            super(message);
        }

        /** What the caller is told. */
        public String explanation() {
            return requireNonNull(getMessage());
        }
    }
}
