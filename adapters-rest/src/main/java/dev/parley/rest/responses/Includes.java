package dev.parley.rest.responses;

import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Turn;
import java.util.HashSet;
import java.util.SequencedSet;
import java.util.Set;

/**
 * What a client wants to see beyond the usual (responses-api 1.1). Everything is kept; what was not asked for is left out when
 * it is written, because each reading asks anew.
 */
record Includes(Set<String> values) {

    /** Nothing beyond the usual. */
    static final Includes NONE = new Includes(Set.of());

    private static final String FILE_SEARCH_RESULTS = "file_search_call.results";
    private static final String WEB_SEARCH_RESULTS = "web_search_call.results";
    private static final String WEB_SEARCH_SOURCES = "web_search_call.action.sources";
    private static final String INPUT_IMAGES = "message.input_image.image_url";
    private static final String SCREENSHOTS = "computer_call_output.output.image_url";
    private static final String CODE_OUTPUTS = "code_interpreter_call.outputs";
    private static final String SEALED_REASONING = "reasoning.encrypted_content";
    private static final String LOGPROBS = "message.output_text.logprobs";

    static final SequencedSet<String> KNOWN = Words.of(
            FILE_SEARCH_RESULTS,
            WEB_SEARCH_RESULTS,
            WEB_SEARCH_SOURCES,
            INPUT_IMAGES,
            SCREENSHOTS,
            CODE_OUTPUTS,
            SEALED_REASONING,
            LOGPROBS);

    /** What the user said as it was said, with the images in it. */
    static final Includes VERBATIM = new Includes(Set.of(INPUT_IMAGES));

    Includes {
        values = Set.copyOf(values);
    }

    /** @throws Refusal when one of the values is none that there is */
    static Includes of(Set<String> values) {
        values.stream().sorted().map(value -> Param.text("include", value)).forEach(value -> value.word(KNOWN));
        return new Includes(values);
    }

    /** The same for the turn's own output: whoever asks for likely tokens wants to see them. */
    Includes of(Turn turn) {
        if (logprobs() || turn.spec().options().topLogprobs().orElse(0) == 0) {
            return this;
        }
        Set<String> more = new HashSet<>(values);
        more.add(LOGPROBS);
        return new Includes(more);
    }

    boolean fileSearchResults() {
        return values.contains(FILE_SEARCH_RESULTS);
    }

    boolean webSearchResults() {
        return values.contains(WEB_SEARCH_RESULTS);
    }

    boolean webSearchSources() {
        return values.contains(WEB_SEARCH_SOURCES);
    }

    boolean inputImages() {
        return values.contains(INPUT_IMAGES);
    }

    boolean screenshots() {
        return values.contains(SCREENSHOTS);
    }

    boolean codeOutputs() {
        return values.contains(CODE_OUTPUTS);
    }

    boolean sealedReasoning() {
        return values.contains(SEALED_REASONING);
    }

    boolean logprobs() {
        return values.contains(LOGPROBS);
    }
}
