package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.retrieval.EmbeddingModel;
import java.util.List;

/** One model that turns texts into vectors; each that is configured is one of these. */
public interface Embedder {

    /** Which model it is. May block the first time, when the model is asked for its dimension. */
    EmbeddingModel model() throws EmbeddingFailed;

    /** What stores name it by; known without asking anybody. */
    String id();

    /**
     * A vector of length 1 for each of the texts, in their order. Blocks.
     *
     * @throws EmbeddingFailed when the model does not answer, or answers with other vectors than it is known for
     */
    List<float[]> embed(List<String> texts, Purpose purpose, Cancellation cancellation) throws EmbeddingFailed;

    /** Some models read a question in another way than what it is asked of. */
    enum Purpose {
        DOCUMENT,
        QUERY
    }

    /** There are no vectors; the message is for the caller. */
    @SuppressWarnings("serial") // never leaves the process
    final class EmbeddingFailed extends Exception {
        public EmbeddingFailed(String message) {
            super(message);
        }

        /** What the caller is told. */
        public String explanation() {
            return requireNonNull(getMessage());
        }
    }
}
