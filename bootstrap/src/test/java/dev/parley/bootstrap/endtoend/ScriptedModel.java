package dev.parley.bootstrap.endtoend;

import dev.parley.inference.testing.RecordedRequest;
import dev.parley.inference.testing.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A model whose answer is chosen by words in the last message of the user, so that tests in any language can choose it:
 * see {@link ScriptedAnswers}. Its answers can be stopped at gates.
 */
final class ScriptedModel implements AutoCloseable {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final Gates gates = new Gates();
    private final ScriptedAnswers answers = new ScriptedAnswers(gates);

    ScriptedModel() {
        upstream.models("scripted-model")
                .embeddings(ScriptedAnswers.EMBEDDINGS)
                .otherwise(request -> answers.to(request.chat()));
    }

    /** What a server is configured with. */
    URI baseUri() {
        return upstream.baseUri();
    }

    /**
     * Blocks until an answer has come to the gate.
     *
     * @throws AssertionError if none has within half a minute
     */
    void awaitReached(String gate) {
        gates.awaitReached(gate);
    }

    void open(String gate) {
        gates.open(gate);
    }

    /** The requests so far whose last user message holds this text, oldest first. */
    List<RecordedRequest> requests(String text) {
        return upstream.requests().stream()
                .filter(request -> isAbout(request, text))
                .toList();
    }

    /**
     * Blocks until the answer to such a request was hung up on.
     *
     * @throws AssertionError if that has not happened in time
     */
    void awaitAbandoned(String text, Duration limit) {
        upstream.awaitClientGone(request -> isAbout(request, text), limit);
    }

    @Override
    public void close() {
        upstream.close();
    }

    private static boolean isAbout(RecordedRequest request, String text) {
        return request.chat().lastUserText().orElse("").contains(text);
    }
}
