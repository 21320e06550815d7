package dev.parley.application.port;

/** Counts tokens as a model's provider does, or as nearly as can be told without it. */
public interface Tokenizer {

    /**
     * How many tokens a request takes to read: its messages, its tools and the form of its answer. Nothing is generated.
     * Blocks while the provider is asked, some seconds at most; where it can't say, the number is an estimate.
     */
    long count(InferenceRequest request);
}
