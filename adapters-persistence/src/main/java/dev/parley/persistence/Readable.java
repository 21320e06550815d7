package dev.parley.persistence;

import dev.parley.persistence.json.Unreadable;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a row that can't be read: its own lookup fails, a list goes on without it. */
final class Readable {

    private static final Logger LOG = LoggerFactory.getLogger(Readable.class);

    private Readable() {}

    static <T> T orThrow(String kind, String id, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Unreadable unreadable) {
            throw new IllegalStateException(
                    "The stored %s %s can't be read: %s".formatted(kind, id, unreadable.getMessage()), unreadable);
        }
    }

    static <T> Optional<T> orEmpty(String kind, String id, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (Unreadable unreadable) {
            LOG.error("{} {}: left out of a list, its row can't be read: {}", kind, id, unreadable.getMessage());
            return Optional.empty();
        }
    }
}
