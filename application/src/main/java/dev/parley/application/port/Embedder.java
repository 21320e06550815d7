package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.retrieval.EmbeddingModel;
import java.util.List;
import java.util.OptionalInt;

/** One model that turns texts into vectors; each that is configured is one of these. */
public interface Embedder {

    /** Which model it is. May block the first time, when the model is asked for its dimension. */
    EmbeddingModel model() throws EmbeddingFailed;

    /** What stores and requests name it by. Does not block. */
    String id();

    /** What it is as far as that is known without asking anybody. Does not block. */
    Description description();

    /**
     * A vector of length 1 for each of the texts, in their order; a text without anything in it has one too. Blocks.
     *
     * @throws EmbeddingFailed when the model does not answer, or answers with other vectors than it is known for, or the
     *     wish to end was made
     */
    List<float[]> embed(List<String> texts, Purpose purpose, Cancellation cancellation) throws EmbeddingFailed;

    /**
     * @param provider who runs it
     * @param providerModel what that one calls it
     * @param dimension how many numbers each of its vectors has; empty until it has been asked, where nobody has said so
     */
    record Description(String provider, String providerModel, OptionalInt dimension) {
        public Description {
            requireNonNull(provider, "provider");
            requireNonNull(providerModel, "providerModel");
            requireNonNull(dimension, "dimension");
        }
    }

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
