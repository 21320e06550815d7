package dev.parley.application.testing;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Shields;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Shields that judge by what was said last, as they were told to. */
public final class ScriptedShields implements Shields {

    /** What a shield does with the words that were said last. */
    @FunctionalInterface
    public interface Judge {
        Optional<Violation> judge(String text) throws BrokenOff;
    }

    private final Map<String, Judge> judges = new LinkedHashMap<>();
    private final List<List<Message>> seen = new CopyOnWriteArrayList<>();

    /** Adds a shield; all are added before the shields are used. */
    public ScriptedShields shield(String name, Judge judge) {
        judges.put(name, judge);
        return this;
    }

    /** Adds a shield that objects to whatever contains a word. */
    public ScriptedShields objectsTo(String name, String word, Violation.Level level) {
        return shield(name, text -> text.contains(word) ? Optional.of(violation(name, level)) : Optional.empty());
    }

    /** Adds a shield that does not say clearly whether it objects. */
    public ScriptedShields fails(String name) {
        return shield(name, _ -> {
            throw new BrokenOff(Failure.Code.SHIELD_FAILED, "Shield %s gave no verdict".formatted(name));
        });
    }

    public static Violation violation(String shield, Violation.Level level) {
        return new Violation(level, Optional.of(shield + " objects"), new JsonText("{\"violation_type\":\"S9\"}"));
    }

    /** The conversations that the shields were shown so far. */
    public List<List<Message>> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void requireKnown(Owner owner, List<String> shields, String field) {
        for (String shield : shields) {
            if (!judges.containsKey(shield)) {
                throw Refusal.invalid(
                        field, "There is no shield '%s'; the shields are %s".formatted(shield, judges.keySet()));
            }
        }
    }

    @Override
    public Optional<Violation> check(
            Owner owner, List<String> shields, Touchpoint touchpoint, List<Message> messages, Cancellation cancellation)
            throws BrokenOff {
        seen.add(List.copyOf(messages));
        Optional<Violation> lesser = Optional.empty();
        for (String shield : shields) {
            Judge judge = judges.get(shield);
            if (judge == null) {
                throw new BrokenOff(Failure.Code.SHIELD_FAILED, "There is no shield '%s'".formatted(shield));
            }
            Optional<Violation> violation = judge.judge(lastWords(messages));
            if (violation.filter(Violation::stops).isPresent()) {
                return violation;
            }
            lesser = lesser.isPresent() ? lesser : violation;
        }
        return lesser;
    }

    private static String lastWords(List<Message> messages) {
        Function<Message, String> words = message -> switch (message) {
            case Message.System system -> system.text();
            case Message.Input input -> input.content().text();
            case Message.Assistant assistant -> assistant.text();
        };
        return messages.isEmpty() ? "" : words.apply(messages.getLast());
    }
}
