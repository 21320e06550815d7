package dev.parley.application.turn;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Shields;
import dev.parley.domain.Owner;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.CheckPace;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Has the shields of a turn look at what is said: at a conversation, and at an answer while it comes. */
public final class ShieldRunner {

    private final Shields shields;
    private final CheckPace pace;

    /** @param pace how much of an answer is held back for the shields */
    public ShieldRunner(Shields shields, CheckPace pace) {
        this.shields = shields;
        this.pace = pace;
    }

    /** As {@link Shields#check}. */
    Optional<Violation> check(
            Owner owner, List<String> names, Touchpoint touchpoint, List<Message> messages, Cancellation cancellation)
            throws BrokenOff {
        return shields.check(owner, names, touchpoint, messages, cancellation);
    }

    /**
     * Stands between an answer and its reader.
     *
     * @param conversation what is being answered
     * @param reader is told only what the shields have let pass
     * @param cancellation that of the run
     */
    GuardedAnswer guard(
            Owner owner,
            List<String> names,
            List<Message> conversation,
            Consumer<Delta> reader,
            Cancellation cancellation) {
        return new GuardedAnswer(
                pace,
                messages -> shields.check(owner, names, Touchpoint.ASSISTANT_OUTPUT, messages, cancellation),
                conversation,
                reader);
    }
}
