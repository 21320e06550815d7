package dev.parley.domain.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a guard model has answered. Its form is fixed; what does not have it says nothing at all, and nothing is guessed. */
public sealed interface GuardAnswer {

    record Safe() implements GuardAnswer {}

    /** @param hazards at least one, in the model's order */
    record Unsafe(List<Hazard> hazards) implements GuardAnswer {
        public Unsafe {
            hazards = List.copyOf(hazards);
            if (hazards.isEmpty()) {
                throw new IllegalArgumentException("what is unsafe is so for a reason");
            }
        }
    }

    /** Neither; the shield has not judged. */
    record Unclear() implements GuardAnswer {}

    /** Reads {@code safe}, or {@code unsafe} and the codes of the hazards on a line of their own, parted by commas. */
    static GuardAnswer of(String text) {
        List<String> lines = text.strip().lines().map(String::strip).toList();
        return switch (lines.size()) {
            case 1 -> lines.getFirst().equals("safe") ? new Safe() : new Unclear();
            case 2 -> lines.getFirst().equals("unsafe") ? unsafe(lines.getLast()) : new Unclear();
            default -> new Unclear();
        };
    }

    private static GuardAnswer unsafe(String codes) {
        List<Hazard> hazards = new ArrayList<>();
        for (String code : codes.split(",", -1)) {
            Optional<Hazard> hazard = Hazard.coded(code.strip());
            if (hazard.isEmpty()) {
                return new Unclear();
            }
            hazards.add(hazard.get());
        }
        return new Unsafe(hazards);
    }
}
