package dev.parley.application.turn;

import dev.parley.application.port.Inference;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.turn.Delta;
import java.util.Optional;

/** How a model is asked to put a conversation into a few words. */
public final class Compaction {

    /** What it is asked, as the last message of the conversation. */
    public static final String REQUEST = """
        Summarise the conversation so far for yourself, so that you can go on with it from the summary alone. Keep what \
        the user wants and prefers, decisions and their reasons, names, numbers, identifiers and code that still matter, \
        results of tools, and what remains to be done. Write plain text, no preamble, and do not answer or call anything.\
        """;

    /** As the provider has it: some models take no other. */
    static final Sampling SAMPLING =
            new Sampling(new Sampling.Strategy.Set(Optional.empty(), Optional.empty()), 0, 1.0, Optional.empty());

    /** Nobody reads along: a summary is not part of the answer. */
    static final Inference.Progress UNTOLD = new Inference.Progress() {
        @Override
        public void opened() {}

        @Override
        public void delta(Delta delta) {}

        @Override
        public void flush() {}
    };

    private Compaction() {}
}
