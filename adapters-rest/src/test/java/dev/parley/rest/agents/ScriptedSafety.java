package dev.parley.rest.agents;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Ids;
import dev.parley.application.port.ShieldProvider;
import dev.parley.application.safety.AskShields;
import dev.parley.application.safety.KnownShields;
import dev.parley.application.safety.ServerShields;
import dev.parley.application.testing.CountingIds;
import dev.parley.application.testing.InMemoryShields;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Harm;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the controllers of shields use-cases over a provider whose shields object to bombs. */
@Factory
@Requires(property = "test.scripted-safety", value = "true")
final class ScriptedSafety {

    private static final RegisteredShield DECLARED =
            new RegisteredShield("declared", "scripted", "a-model", new JsonText("{\"a\": 1.10}"));

    private final KnownShields known =
            new KnownShields(List.of(DECLARED), new InMemoryShields(), List.of(new Judges()));

    @Singleton
    KnownShields known() {
        return known;
    }

    @Singleton
    AskShields ask() {
        return new AskShields(new ServerShields(known), known);
    }

    @Singleton
    Ids ids() {
        return new CountingIds();
    }

    private static final class Judges implements ShieldProvider {

        @Override
        public String id() {
            return "scripted";
        }

        @Override
        public void requireUsable(RegisteredShield shield) {
            if (shield.params().text().contains("nonsense")) {
                throw Refusal.invalid("params", "params are nonsense");
            }
        }

        @Override
        public Judgement judge(
                Owner owner,
                RegisteredShield shield,
                Touchpoint touchpoint,
                List<Message> messages,
                Cancellation cancellation) {
            return messages.getLast().toString().contains("bomb")
                    ? new Judgement(
                            Optional.of(new Violation(
                                    Violation.Level.ERROR,
                                    Optional.of("No."),
                                    new JsonText("{\"violation_type\":\"S9\"}"))),
                            Map.of(Harm.VIOLENCE, 0.75, Harm.HATE, 0.25))
                    : Judgement.FINE;
        }
    }
}
