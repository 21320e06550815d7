package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * The table of what each observation does to a turn in each situation. It is made of {@link StateExamples}; which cell an
 * example belongs to follows from its turn and its observation, so none can stand in a wrong place.
 */
final class StateTable {

    /**
     * An observation that is shown to a turn, and what comes of it.
     *
     * @param when what sets the example apart from the others of its cell; empty when all of the cell come out alike
     */
    record Example(String when, Turn turn, Observation observation, Outcome outcome) {
        Example {
            requireNonNull(when, "when");
            requireNonNull(turn, "turn");
            requireNonNull(observation, "observation");
            requireNonNull(outcome, "outcome");
        }

        Cell cell() {
            return new Cell(Situation.of(turn), observation.getClass());
        }

        @Override
        public String toString() {
            return "%s %s -> %s".formatted(cell(), when, outcome);
        }
    }

    record Cell(Situation situation, Class<?> observation) {
        Cell {
            requireNonNull(situation, "situation");
            requireNonNull(observation, "observation");
        }

        /** Every cell that the model's types allow. */
        static List<Cell> all() {
            return Situation.all().stream()
                    .flatMap(situation ->
                            Situation.permitted(Observation.class).map(observation -> new Cell(situation, observation)))
                    .toList();
        }

        @Override
        public String toString() {
            return "[%s] x %s".formatted(situation, observation.getSimpleName());
        }
    }

    private StateTable() {}

    /** The table as the README shows it. */
    static String markdown() {
        List<Example> examples = StateExamples.all();
        List<Class<?>> observations = Situation.permitted(Observation.class).toList();
        String head = "| Turn | %s |\n|---|%s\n"
                .formatted(
                        observations.stream().map(Class::getSimpleName).collect(joining(" | ")),
                        "---|".repeat(observations.size()));
        return head
                + Situation.all().stream()
                        .map(situation -> "| **%s** | %s |\n"
                                .formatted(
                                        situation,
                                        observations.stream()
                                                .map(observation -> text(examples, new Cell(situation, observation)))
                                                .collect(joining(" | "))))
                        .collect(joining());
    }

    private static String text(List<Example> examples, Cell cell) {
        return examples.stream()
                .filter(example -> example.cell().equals(cell))
                .map(example -> example.when().isEmpty()
                        ? example.outcome().toString()
                        : example.outcome() + ": " + example.when())
                .distinct()
                .collect(joining("<br>"));
    }
}
