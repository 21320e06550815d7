package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Usage;
import java.util.Optional;

/** Models, wherever they run. */
public interface Inference {

    /**
     * Asks a model and blocks until it has answered. The progress is told on the calling thread, as it comes; the answer
     * holds all that was told. The ids of its calls are unique within the answer and differ from those of all calls in
     * the request: where a model uses one again, the call gets a new one before anybody hears of it.
     *
     * @param cancellation when requested, the connection to the provider is closed at once and this method throws soon
     * @throws BrokenOff when there is no answer, whatever the reason, with what was spent on it; what was told before is void
     */
    Answer infer(InferenceRequest request, Progress progress, Cancellation cancellation) throws BrokenOff;

    record Answer(Message.Assistant message, Optional<Usage> usage) {
        public Answer {
            requireNonNull(message, "message");
            requireNonNull(usage, "usage");
        }
    }

    /** Hears of an answer while it comes. May block when whoever reads it is slow. */
    interface Progress {

        /** The provider has accepted the request. Told once, before anything else. */
        void opened();

        void delta(Delta delta);

        /** Nothing more is at hand just now: what was told should go out. */
        void flush();
    }
}
