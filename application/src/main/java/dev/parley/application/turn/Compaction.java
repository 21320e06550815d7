package dev.parley.application.turn;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Period;
import dev.parley.domain.turn.StepKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the model of a turn put the conversation into a few words for later turns. */
public final class Compaction {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    /** What it is asked, as the last message of the conversation. */
    public static final String REQUEST = """
        Summarise the conversation so far for yourself, so that you can go on with it from the summary alone. Keep what \
        the user wants and prefers, decisions and their reasons, names, numbers, identifiers and code that still matter, \
        results of tools, and what remains to be done. Write plain text, no preamble, and do not answer or call anything.\
        """;

    /** As the provider has it: some models take no other. */
    private static final Sampling SAMPLING =
            new Sampling(new Sampling.Strategy.Set(Optional.empty(), Optional.empty()), 0, 1.0, Optional.empty());

    /** Nobody reads along: a summary is not part of the answer. */
    private static final Inference.Progress UNTOLD = new Inference.Progress() {
        @Override
        public void opened() {}

        @Override
        public void delta(Delta delta) {}

        @Override
        public void flush() {}
    };

    private final Asking asking;
    private final InstantSource clock;

    Compaction(Asking asking, InstantSource clock) {
        this.asking = asking;
        this.clock = clock;
    }

    /**
     * Blocks until the summary is there. A turn that has its answer does not fail for want of one: the next turn may be
     * luckier.
     */
    Observation compact(StepRun run, Instant start) throws BrokenOff {
        if (!run.hasItsAnswer()) {
            return summarise(run, start);
        }
        if (run.cancellation().requested().isEmpty()) {
            try {
                return summarise(run, start);
            } catch (BrokenOff broken) {
                LOG.warn(
                        "turn {}: its conversation could not be compacted: {}",
                        run.turn().id(),
                        broken.failure().message());
            }
        }
        return new Observation.Compacted("", Optional.empty(), Period.ending(start, clock.instant()));
    }

    private Observation summarise(StepRun run, Instant start) throws BrokenOff {
        run.started(StepKind.COMPACTION, Optional.empty());
        List<Message> messages = new ArrayList<>(run.conversation());
        messages.add(Message.User.of(REQUEST));
        InferenceRequest request = new InferenceRequest(
                run.turn().spec().model(), messages, List.of(), new ToolChoice.None(), SAMPLING, Optional.empty());
        Inference.Answer answer = asking.ask(run.turn(), request, UNTOLD, run.cancellation());
        String summary = answer.message().text().strip();
        if (summary.isEmpty()) {
            throw new BrokenOff(
                    Failure.Code.PROVIDER_UNAVAILABLE,
                    "The model did not put the conversation into words; repeat the request, or ask another model");
        }
        return new Observation.Compacted(summary, answer.usage(), Period.ending(start, clock.instant()));
    }
}
