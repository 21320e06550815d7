package dev.parley.tools.shield;

import dev.parley.domain.Refusal;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a shield. What is not to be understood is refused with its name. */
final class Params {

    private final RegisteredShield shield;
    private final Map<String, Object> members;

    private Params(RegisteredShield shield, Map<String, Object> members) {
        this.shield = shield;
        this.members = members;
    }

    /** @throws Refusal when there is a parameter that is not among those that are known */
    static Params of(RegisteredShield shield, Set<String> known) {
        Map<String, Object> members;
        try {
            members = JsonMap.read(shield.params().text());
        } catch (IOException _) {
            throw Refusal.invalid("params", "The params of shield '%s' must be an object".formatted(shield.id()));
        }
        for (String name : members.keySet()) {
            if (!known.contains(name)) {
                throw Refusal.invalid(
                        "params." + name,
                        "A shield of '%s' has no parameter '%s'; it has %s"
                                .formatted(
                                        shield.providerId(),
                                        name,
                                        known.stream().sorted().toList()));
            }
        }
        return new Params(shield, members);
    }

    /** The list of texts of that name; empty when it is absent. */
    List<String> texts(String name) {
        Object given = members.getOrDefault(name, List.of());
        if (!(given instanceof List<?> list)) {
            throw wrong(name, "a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof String text) || text.isBlank()) {
                throw wrong(name, "a list of texts, none of them blank");
            }
            texts.add(text);
        }
        return texts;
    }

    Optional<String> text(String name) {
        Object given = members.get(name);
        if (given == null) {
            return Optional.empty();
        }
        if (given instanceof String text) {
            return Optional.of(text);
        }
        throw wrong(name, "a text");
    }

    /** What a violation does to the turn; it stops it when nothing is said. */
    Violation.Level level() {
        return text("level")
                .map(word -> switch (word.toLowerCase(Locale.ROOT)) {
                    case "error" -> Violation.Level.ERROR;
                    case "warn" -> Violation.Level.WARN;
                    case "info" -> Violation.Level.INFO;
                    default -> throw wrong("level", "error, warn or info");
                })
                .orElse(Violation.Level.ERROR);
    }

    Refusal wrong(String name, String what) {
        return Refusal.invalid(
                "params." + name, "The parameter '%s' of shield '%s' must be %s".formatted(name, shield.id(), what));
    }
}
