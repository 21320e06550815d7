package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.util.List;
import java.util.Optional;

/** Judges of what is said. */
public interface Shields {

    /** A server without shields. */
    Shields NONE = new Shields() {
        @Override
        public void requireKnown(Owner owner, List<String> shields, String field) {
            if (!shields.isEmpty()) {
                throw Refusal.invalid(
                        field, "This server has no shields, so %s can't be used; remove them".formatted(shields));
            }
        }

        @Override
        public Optional<Violation> check(
                Owner owner,
                List<String> shields,
                Touchpoint touchpoint,
                List<Message> messages,
                Cancellation cancellation)
                throws BrokenOff {
            throw new BrokenOff(Failure.Code.SHIELD_FAILED, "this server has no shields");
        }
    };

    /**
     * @param field where the caller has named them
     * @throws Refusal when one of the shields does not exist
     */
    void requireKnown(Owner owner, List<String> shields, String field);

    /**
     * Has the shields look at a conversation and blocks until all have spoken.
     *
     * @param touchpoint whose words they are to judge: those at the end of the conversation
     * @return the first violation in the order of the shields that stops the turn, else the first lesser one, else empty
     * @throws BrokenOff when a shield does not say clearly whether it objects
     */
    Optional<Violation> check(
            Owner owner, List<String> shields, Touchpoint touchpoint, List<Message> messages, Cancellation cancellation)
            throws BrokenOff;
}
