package dev.parley.domain;

import static java.util.Objects.requireNonNull;

/**
 * Whose data a row is. Every stored thing has an owner and no query reaches across owners; until accounts exist there
 * is {@link #SOLE one}.
 *
 * @param id a stable name, never shown to callers
 */
public record Owner(String id) {

    /** The owner of everything while the server knows no accounts. */
    public static final Owner SOLE = new Owner("default");

    public Owner {
        requireNonNull(id, "id");
        if (id.isBlank()) {
            throw new IllegalArgumentException("an owner's id must not be blank");
        }
    }
}
