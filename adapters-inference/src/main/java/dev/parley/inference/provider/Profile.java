package dev.parley.inference.provider;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * In what engines differ that speak chat completions.
 *
 * @param name what the configuration calls it
 * @param maxTokensField the field that limits an answer's length
 * @param topKField the field that takes {@code top_k}; empty when the engine knows none
 * @param repetitionPenaltyField the field that takes a repetition penalty with 1.0 for none; empty when it knows none
 * @param reasoningField where an assistant message takes its reasoning back within a tool loop; empty when it must not
 *     be sent
 * @param streamUsage whether it takes {@code stream_options.include_usage}
 * @param formatBesideTools whether it can hold an answer to a schema while it may also call tools
 * @param enforcesSchema whether it writes nothing that breaks the schema that it was asked to keep to
 * @param thinkTags what it leaves of a model's {@code <think>} tags in the text
 * @param counting how the tokens of a request are counted
 * @param wishes which of the further wishes of a client it understands
 */
public record Profile(
        String name,
        String maxTokensField,
        Optional<String> topKField,
        Optional<String> repetitionPenaltyField,
        Optional<String> reasoningField,
        boolean streamUsage,
        boolean formatBesideTools,
        boolean enforcesSchema,
        ThinkTags thinkTags,
        Counting counting,
        Wishes wishes) {

    /**
     * The wishes that not every engine understands.
     *
     * @param efforts the levels of {@code reasoning_effort} that it knows; one that it does not becomes the nearest
     * @param thinkingSwitch whether {@code chat_template_kwargs.enable_thinking} turns thinking off
     * @param strictTools whether it can hold calls to the described input
     * @param ofOpenAi whether it takes what only OpenAI has: verbosity, user, cache key, service tier
     */
    public record Wishes(List<String> efforts, boolean thinkingSwitch, boolean strictTools, boolean ofOpenAi) {

        private static final List<String> USUAL_EFFORTS = List.of("low", "medium", "high");

        private static final List<String> ALL_EFFORTS =
                List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

        static final Wishes FEW = new Wishes(USUAL_EFFORTS, false, false, false);

        public Wishes {
            efforts = List.copyOf(efforts);
        }

        /**
         * The level to ask for when a client asks for this one; empty when none comes near. Not to think at all is near to
         * nothing else.
         */
        public Optional<String> effort(String asked) {
            int place = ALL_EFFORTS.indexOf(asked);
            if (place < 0 || efforts.contains(asked)) {
                return Optional.of(asked);
            }
            return asked.equals("none")
                    ? Optional.empty()
                    : efforts.stream()
                            .filter(known -> !known.equals("none"))
                            .min(Comparator.comparingInt(known -> Math.abs(ALL_EFFORTS.indexOf(known) - place)));
        }
    }

    /** What stands in an answer's text of the tags around a model's reasoning. */
    public enum ThinkTags {
        /** Text is text, whatever it looks like. */
        IGNORE,
        /** An answer that begins with {@code <think>} begins with reasoning. */
        SPLIT,
        /** The prompt's template has opened the tag: every answer begins with reasoning and only its end is seen. */
        OPENED
    }

    /** How the tokens of a request are counted that is not sent to be answered. */
    public enum Counting {
        /** The engine does not tell: by OpenAI's rules. */
        ESTIMATE,
        /** At the server's root, {@code /tokenize} takes messages and tools and answers with their {@code count}. */
        TOKENIZE_MESSAGES,
        /** At the server's root, {@code /apply-template} makes a text of messages, and {@code /tokenize} tokens of it. */
        TOKENIZE_TEXT
    }

    public static final Profile OPENAI = new Profile(
            "openai",
            "max_completion_tokens",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            true,
            true,
            ThinkTags.IGNORE,
            Counting.ESTIMATE,
            new Wishes(Wishes.ALL_EFFORTS, false, true, true));

    public static final Profile VLLM = new Profile(
            "vllm",
            "max_tokens",
            Optional.of("top_k"),
            Optional.of("repetition_penalty"),
            Optional.of("reasoning"),
            true,
            false,
            true,
            ThinkTags.SPLIT,
            Counting.TOKENIZE_MESSAGES,
            new Wishes(Wishes.USUAL_EFFORTS, true, true, false));

    public static final Profile OLLAMA = new Profile(
            "ollama",
            "max_tokens",
            Optional.empty(),
            Optional.empty(),
            Optional.of("reasoning"),
            true,
            false,
            true,
            ThinkTags.SPLIT,
            Counting.ESTIMATE,
            new Wishes(List.of("none", "low", "medium", "high"), false, false, false));

    public static final Profile LLAMA_CPP = new Profile(
            "llama-cpp",
            "max_tokens",
            Optional.of("top_k"),
            Optional.of("repeat_penalty"),
            Optional.of("reasoning_content"),
            true,
            false,
            true,
            ThinkTags.SPLIT,
            Counting.TOKENIZE_TEXT,
            new Wishes(Wishes.USUAL_EFFORTS, true, false, false));

    /** Only what every engine takes. */
    public static final Profile GENERIC = new Profile(
            "generic",
            "max_tokens",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            false,
            false,
            ThinkTags.SPLIT,
            Counting.ESTIMATE,
            Wishes.FEW);

    public static final List<Profile> ALL = List.of(OPENAI, VLLM, OLLAMA, LLAMA_CPP, GENERIC);

    public Profile {
        requireNonNull(name, "name");
        requireNonNull(maxTokensField, "maxTokensField");
        requireNonNull(topKField, "topKField");
        requireNonNull(repetitionPenaltyField, "repetitionPenaltyField");
        requireNonNull(reasoningField, "reasoningField");
        requireNonNull(thinkTags, "thinkTags");
        requireNonNull(counting, "counting");
        requireNonNull(wishes, "wishes");
    }

    /** The same with reasoning sent back in this field. */
    public Profile withReasoningField(String field) {
        return with(Optional.of(field), thinkTags, enforcesSchema);
    }

    /** The same with no reasoning sent back. */
    public Profile withoutReasoningField() {
        return with(Optional.empty(), thinkTags, enforcesSchema);
    }

    public Profile withThinkTags(ThinkTags tags) {
        return with(reasoningField, tags, enforcesSchema);
    }

    /** The same of an engine that does, or does not, hold answers to their schema. */
    public Profile enforcingSchema(boolean enforces) {
        return with(reasoningField, thinkTags, enforces);
    }

    private Profile with(Optional<String> field, ThinkTags tags, boolean enforces) {
        return new Profile(
                name,
                maxTokensField,
                topKField,
                repetitionPenaltyField,
                field,
                streamUsage,
                formatBesideTools,
                enforces,
                tags,
                counting,
                wishes);
    }
}
