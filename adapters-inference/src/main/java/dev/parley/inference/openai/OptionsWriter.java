package dev.parley.inference.openai;

import dev.parley.domain.agent.ModelOptions;
import dev.parley.inference.provider.Profile;
import java.io.IOException;
import java.util.Optional;

/** Writes the wishes of a client that the provider understands; the others are kept from it. */
final class OptionsWriter {

    private final Profile.Wishes understood;
    private final OptionalFields fields;

    OptionsWriter(Profile.Wishes understood, OptionalFields fields) {
        this.understood = understood;
        this.fields = fields;
    }

    void write(ModelOptions options) throws IOException {
        penalty("presence_penalty", options.presencePenalty());
        penalty("frequency_penalty", options.frequencyPenalty());
        if (options.topLogprobs().isPresent()) {
            writeLogprobs(options.topLogprobs().get());
        }
        if (options.reasoningEffort().isPresent()) {
            writeEffort(options.reasoningEffort().get());
        }
        if (understood.ofOpenAi()) {
            word("verbosity", options.verbosity());
            word("service_tier", options.serviceTier());
            text("user", options.user());
            text("safety_identifier", options.safetyIdentifier());
            text("prompt_cache_key", options.promptCacheKey());
        }
    }

    /** Only for requests with tools: some providers refuse it in others. */
    void writeParallelCalls(ModelOptions options) throws IOException {
        if (options.parallelToolCalls().isPresent()) {
            fields.flag("parallel_tool_calls", options.parallelToolCalls().get());
        }
    }

    private void penalty(String field, Optional<Double> penalty) throws IOException {
        if (penalty.isPresent() && penalty.get() != 0) {
            fields.number(field, penalty.get());
        }
    }

    /** The number of others makes no sense without the tokens themselves. */
    private void writeLogprobs(int others) throws IOException {
        if (fields.without().contains(RequestBody.LOGPROBS)) {
            return;
        }
        fields.flag(RequestBody.LOGPROBS, true);
        if (others > 0) {
            fields.number("top_logprobs", others);
        }
    }

    private void writeEffort(String asked) throws IOException {
        word("reasoning_effort", understood.effort(asked));
        if (understood.thinkingSwitch() && asked.equals("none") && fields.begin("chat_template_kwargs")) {
            fields.out().writeStartObject();
            fields.out().writeBooleanField("enable_thinking", false);
            fields.out().writeEndObject();
        }
    }

    private void word(String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            fields.word(field, value.get());
        }
    }

    private void text(String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            fields.text(field, value.get());
        }
    }
}
