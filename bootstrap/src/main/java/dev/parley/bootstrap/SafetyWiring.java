package dev.parley.bootstrap;

import dev.parley.application.port.RegisteredShields;
import dev.parley.application.port.ShieldProvider;
import dev.parley.application.port.Shields;
import dev.parley.application.safety.AskShields;
import dev.parley.application.safety.KnownShields;
import dev.parley.application.safety.ServerShields;
import dev.parley.application.turn.ShieldRunner;
import dev.parley.domain.Refusal;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Singleton;
import java.util.List;

/** Puts shields together: those that are declared, those that are registered, and who judges by them. */
@Factory
final class SafetyWiring {

    @Singleton
    KnownShields knownShields(
            List<DeclaredShield> declared, RegisteredShields registered, List<ShieldProvider> providers) {
        try {
            return new KnownShields(
                    declared.stream().map(DeclaredShield::shield).toList(), registered, providers);
        } catch (Refusal mistake) {
            throw new ConfigurationException("parley.shields: " + mistake.explanation());
        }
    }

    @Singleton
    ServerShields shields(KnownShields known) {
        return new ServerShields(known);
    }

    @Singleton
    AskShields askShields(ServerShields shields, KnownShields known) {
        return new AskShields(shields, known);
    }

    @Singleton
    ShieldRunner shieldRunner(Shields shields, SafetyConfiguration configuration) {
        return new ShieldRunner(shields, configuration.pace());
    }
}
