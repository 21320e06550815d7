package dev.parley.retrieval.embedding;

import dev.parley.application.port.Embedder;
import dev.parley.application.port.EmbedderProvider;
import java.util.List;
import java.util.Optional;

/** The embedder in this process, unless it is turned off. */
public final class InProcessEmbedders implements EmbedderProvider, AutoCloseable {

    private final Optional<InProcessEmbedder> embedder;

    public InProcessEmbedders(Optional<InProcessEmbedder> embedder) {
        this.embedder = embedder;
    }

    @Override
    public List<Embedder> embedders() {
        return embedder.<List<Embedder>>map(List::of).orElseGet(List::of);
    }

    @Override
    public void close() {
        embedder.ifPresent(InProcessEmbedder::close);
    }
}
