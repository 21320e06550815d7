package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import java.util.Optional;

/**
 * Who asks, and what they have sent with this one request to be let in where its tools are. The keys live as long as the
 * request does: they are stored nowhere, and never printed.
 *
 * @param keys an object of secrets, whose members only the providers of tools know
 */
public record Caller(Owner owner, Optional<JsonText> keys) {

    public Caller {
        requireNonNull(owner, "owner");
        requireNonNull(keys, "keys");
    }

    /** Somebody who has sent no keys. */
    public static Caller of(Owner owner) {
        return new Caller(owner, Optional.empty());
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "Caller[owner=%s, keys=%s]".formatted(owner.id(), keys.isPresent() ? "(hidden)" : "none");
    }
}
