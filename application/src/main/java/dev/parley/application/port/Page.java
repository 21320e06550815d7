package dev.parley.application.port;

import java.util.List;

/** A part of a list, and whether there is more behind it. */
public record Page<T>(List<T> items, boolean hasMore) {

    public Page {
        items = List.copyOf(items);
    }
}
