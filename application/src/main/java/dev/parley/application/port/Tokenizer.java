package dev.parley.application.port;

/** How long a text is to a model. */
public interface Tokenizer {

    /**
     * How many tokens a model reads when it is asked this. Blocks where the provider is asked; where it can't tell, the
     * number is an estimate.
     */
    long count(InferenceRequest request);
}
