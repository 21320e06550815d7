package dev.parley.retrieval;

import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.Tokens;
import dev.parley.retrieval.document.TikaDocumentParser;
import dev.parley.retrieval.embedding.InProcessEmbedder;
import dev.parley.retrieval.embedding.InProcessEmbedders;
import dev.parley.retrieval.embedding.NativeLibraries;
import dev.parley.retrieval.token.Cl100kTokens;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes what this module has for others. None of it loads anything before it is used. */
@Factory
final class RetrievalFactory {

    @Singleton
    DocumentParser documentParser(DocumentsConfiguration configuration) {
        return new TikaDocumentParser(configuration.limits());
    }

    @Singleton
    Tokens tokens() {
        return new Cl100kTokens();
    }

    @Singleton
    @Bean(preDestroy = "close")
    InProcessEmbedders inProcessEmbedders(InProcessConfiguration configuration, NativeLibraries libraries) {
        return new InProcessEmbedders(
                configuration.enabled()
                        ? Optional.of(new InProcessEmbedder(libraries, configuration.threads()))
                        : Optional.empty());
    }
}
