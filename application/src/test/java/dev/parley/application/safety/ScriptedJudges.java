package dev.parley.application.safety;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ShieldProvider;
import dev.parley.application.testing.InMemoryShields;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Harm;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of shields that objects to one word in what was said last; what it is like says its {@code provider_shield_id}. */
final class ScriptedJudges implements ShieldProvider {

    static final String BAD = "forbidden";
    static final String ID = "scripted";

    private final Runnable whileJudging;

    ScriptedJudges() {
        this(() -> {});
    }

    ScriptedJudges(Runnable whileJudging) {
        this.whileJudging = whileJudging;
    }

    static RegisteredShield shield(String id, String like) {
        return new RegisteredShield(id, ID, like, JsonText.EMPTY_OBJECT);
    }

    KnownShields knowing(RegisteredShield... declared) {
        return new KnownShields(List.of(declared), new InMemoryShields(), List.of(this));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void requireUsable(RegisteredShield shield) {
        if (shield.providerShieldId().equals("nonsense")) {
            throw Refusal.invalid("provider_shield_id", "nonsense");
        }
    }

    @Override
    public Judgement judge(
            Owner owner,
            RegisteredShield shield,
            Touchpoint touchpoint,
            List<Message> messages,
            Cancellation cancellation)
            throws BrokenOff {
        whileJudging.run();
        boolean bad = messages.getLast() instanceof Message.User user
                && user.content().text().contains(BAD);
        return switch (shield.providerShieldId()) {
            case "overtaxed" -> throw new BrokenOff(Failure.Code.CONTEXT_TOO_LONG, "the model has too small a window");
            case "patient" -> {
                if (!cancellation.await(Duration.ofSeconds(20))) {
                    throw new IllegalStateException("nobody called it off");
                }
                yield Judgement.FINE;
            }
            case "strict" -> bad ? objection(shield, Violation.Level.ERROR) : Judgement.FINE;
            case "lenient" -> bad ? objection(shield, Violation.Level.WARN) : Judgement.FINE;
            case "broken" -> throw new BrokenOff(Failure.Code.SHIELD_FAILED, "no verdict");
            default -> throw new IllegalStateException("a secret of the server");
        };
    }

    private static Judgement objection(RegisteredShield shield, Violation.Level level) {
        return new Judgement(
                Optional.of(new Violation(level, Optional.of(shield.id() + " objects"), JsonText.EMPTY_OBJECT)),
                Map.of(Harm.VIOLENCE, 1.0));
    }
}
