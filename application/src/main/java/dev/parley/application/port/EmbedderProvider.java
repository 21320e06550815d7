package dev.parley.application.port;

import java.util.List;

/** Has the embedders of one kind; which they are is configuration. */
public interface EmbedderProvider {

    /** Those that are configured, none twice. Does not block: nothing of them is loaded or asked. */
    List<Embedder> embedders();
}
