package dev.parley.rest.responses;

import dev.parley.application.response.Seal;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Has what goes out sealed by what opens it when it comes back. */
@Factory
final class SealingFactory {

    @Singleton
    Sealing sealing(Seal seal) {
        return seal::seal;
    }
}
