package dev.parley.rest.server;

import dev.parley.application.port.Tokens;
import dev.parley.application.retrieval.Embedders;
import dev.parley.application.testing.ScriptedEmbedder;
import dev.parley.application.testing.ScriptedTokens;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** One embedding model of the server's own. */
@Factory
class EmbeddersAround {

    @Singleton
    ScriptedEmbedder embedder() {
        return new ScriptedEmbedder("words", 4);
    }

    @Singleton
    Embedders embedders(ScriptedEmbedder embedder) {
        return new Embedders(List.of(embedder), Optional.empty());
    }

    @Singleton
    Tokens tokens() {
        return new ScriptedTokens();
    }
}
