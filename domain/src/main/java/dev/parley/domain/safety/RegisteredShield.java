package dev.parley.domain.safety;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;

/**
 * A shield that this server knows (agents-api 9.1).
 *
 * @param id what agents name it by
 * @param providerId which of this server's kinds of shields it is
 * @param providerShieldId what that kind makes of it; for a guard model, the model
 * @param params an object with what the kind is to know
 */
public record RegisteredShield(String id, String providerId, String providerShieldId, JsonText params) {

    public RegisteredShield {
        requireNonNull(id, "id");
        requireNonNull(providerId, "providerId");
        requireNonNull(providerShieldId, "providerShieldId");
        requireNonNull(params, "params");
        if (id.isBlank()) {
            throw new IllegalArgumentException("a shield's id must not be blank");
        }
    }
}
