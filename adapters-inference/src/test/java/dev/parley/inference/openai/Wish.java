package dev.parley.inference.openai;

import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.agent.ModelOptions;
import java.util.Optional;

/** Options with one thing asked for. */
final class Wish {

    private Wish() {}

    static ModelOptions effort(String level) {
        return new ModelOptions(
                Optional.of(level),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static ModelOptions parallelToolCalls(boolean parallel) {
        return new ModelOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.of(parallel),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static ModelOptions topLogprobs(int count) {
        return new ModelOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(count),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Everything that there is to ask for. */
    static ModelOptions all() {
        return new ModelOptions(
                Optional.of("xhigh"),
                Optional.of("low"),
                Optional.of(true),
                Optional.of(0.5),
                Optional.of(-1.0),
                Optional.of(3),
                Optional.of("ann"),
                Optional.of("hash-of-ann"),
                Optional.of("cache-key"),
                Optional.of("flex"));
    }

    /** The request with these options. */
    static InferenceRequest in(InferenceRequest request, ModelOptions options) {
        return new InferenceRequest(
                request.model(),
                request.messages(),
                request.tools(),
                request.toolChoice(),
                request.sampling(),
                request.responseFormat(),
                options);
    }
}
