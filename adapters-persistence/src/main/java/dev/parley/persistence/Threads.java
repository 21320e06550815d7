package dev.parley.persistence;

import jakarta.inject.Singleton;
import java.util.List;

/** Threads come with turns; this is how they go. */
@Singleton
final class Threads {

    private final ThreadRows rows;

    Threads(ThreadRows rows) {
        this.rows = rows;
    }

    /** Drops the thread, and those that it begins behind, where nothing is left in them and nothing can come into them. */
    void dropIfEmpty(String owner, String id) {
        List<String> next = List.of(id);
        while (!next.isEmpty()) {
            next = rows.deleteIfEmpty(owner, next.getFirst());
        }
    }
}
