package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Touchpoint;
import java.util.List;

/** Judges by shields of one kind, such as guard models. */
public interface ShieldProvider {

    /** What shields name it by, such as {@code llama-guard}. */
    String id();

    /**
     * Asks nobody.
     *
     * @throws Refusal when the shield's parameters make no sense to it
     */
    void requireUsable(RegisteredShield shield);

    /**
     * Judges what was said last in the light of what was said before, and blocks until it has.
     *
     * @param touchpoint whose words are to be judged: those at the end of the messages
     * @param messages not empty
     * @throws BrokenOff when it can't say clearly whether it objects
     */
    Judgement judge(
            Owner owner,
            RegisteredShield shield,
            Touchpoint touchpoint,
            List<Message> messages,
            Cancellation cancellation)
            throws BrokenOff;
}
