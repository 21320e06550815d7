package dev.parley.application.turn;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Prompt;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Turn;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a model for a turn. Where its client allows it, a conversation that is too long is asked of again without its oldest part. */
final class Asking {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    private final Inference inference;

    Asking(Inference inference) {
        this.inference = inference;
    }

    /** As {@link Inference#infer}. */
    Inference.Answer ask(Turn turn, InferenceRequest request, Inference.Progress progress, Cancellation cancellation)
            throws BrokenOff {
        try {
            return inference.infer(request, progress, cancellation);
        } catch (BrokenOff broken) {
            List<Message> shorter = Prompt.withoutOldest(request.messages());
            boolean mayShorten = broken.failure().code() == Failure.Code.CONTEXT_TOO_LONG
                    && turn.spec().terms().filter(ResponseTerms::truncate).isPresent()
                    && shorter.size() < request.messages().size();
            if (!mayShorten) {
                throw broken;
            }
            LOG.info("turn {}: its conversation is too long; asking without the oldest part", turn.id());
            return ask(turn, request.withMessages(shorter), progress, cancellation);
        }
    }
}
