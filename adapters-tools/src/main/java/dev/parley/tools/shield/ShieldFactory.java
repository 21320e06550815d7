package dev.parley.tools.shield;

import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.Inference;
import dev.parley.application.port.ShieldProvider;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The kinds of shields that there are. */
@Factory
final class ShieldFactory {

    @Singleton
    ShieldProvider denyList() {
        return new DenyList();
    }

    @Singleton
    ShieldProvider llamaGuard(Inference inference) {
        return new LlamaGuard(inference);
    }

    @Singleton
    ShieldProvider moderationEndpoint(ChatProxy providers) {
        return new ModerationEndpoint(providers);
    }
}
