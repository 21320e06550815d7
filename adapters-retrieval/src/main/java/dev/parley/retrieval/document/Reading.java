package dev.parley.retrieval.document;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One document being read, and what it has taken so far. Whatever passes through our hands on the way is checked here;
 * once a limit is broken, each further check throws, so that a library which swallows the first exception comes to an end
 * too.
 */
final class Reading {

    /** Thrown through libraries; what it says is for the sender. */
    @SuppressWarnings("serial") // never leaves the process
    static final class LimitBroken extends RuntimeException {
        LimitBroken(String message) {
            super(message, null, false, false);
        }
    }

    /** Bound on the thread that reads, for what libraries call without handing anything of ours on. */
    static final ScopedValue<Reading> CURRENT = ScopedValue.newInstance();

    private final DocumentLimits limits;
    private final long deadline;
    private long unpacked;
    private long characters;
    private int parts;

    @Nullable
    private volatile String broken;

    Reading(DocumentLimits limits) {
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.timeout().toNanos();
    }

    /** Why it has to end; empty while it need not. */
    Optional<String> broken() {
        return Optional.ofNullable(broken);
    }

    /** Has the next check throw. Called from any thread. */
    void abandon(String why) {
        if (broken == null) {
            broken = why;
        }
    }

    void check() {
        if (broken == null && System.nanoTime() - deadline > 0) {
            abandon(tooSlow(limits));
        }
        String why = broken;
        if (why != null) {
            throw new LimitBroken(why);
        }
    }

    void unpacked(long bytes) {
        unpacked += bytes;
        requireRoom(0);
    }

    /** Whether so much could be unpacked besides. */
    void requireRoom(long bytes) {
        if (unpacked + bytes > limits.maxUnpacked()) {
            abandon("The document unpacks to more than %d MB; send it in parts"
                    .formatted(Math.max(1, limits.maxUnpacked() >> 20)));
        }
        check();
    }

    void characters(long count) {
        characters += count;
        if (characters > limits.maxCharacters()) {
            abandon("The document has more than %d characters of text; send it in parts"
                    .formatted(limits.maxCharacters()));
        }
        check();
    }

    /** @param depth of documents in documents, 0 for that which was sent */
    void part(int depth) {
        if (depth > DocumentLimits.MAX_DEPTH) {
            abandon("The document has documents in documents, more than %d deep; send them one by one"
                    .formatted(DocumentLimits.MAX_DEPTH));
        }
        parts++;
        if (parts > DocumentLimits.MAX_PARTS) {
            abandon("The document is made of more than %d parts; send it in parts".formatted(DocumentLimits.MAX_PARTS));
        }
        check();
    }

    static String tooSlow(DocumentLimits limits) {
        return "Reading the document took longer than %s; send it in parts"
                .formatted(
                        limits.timeout().toMillis() % 1000 == 0
                                ? limits.timeout().toSeconds() + " s"
                                : limits.timeout().toMillis() + " ms");
    }
}
