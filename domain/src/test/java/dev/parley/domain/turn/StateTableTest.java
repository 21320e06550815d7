package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.turn.StateTable.Cell;
import dev.parley.domain.turn.StateTable.Example;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateTableTest {

    static List<Example> examples() {
        return StateExamples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachExampleComesOutAsTheTableSays(Example example) {
        assertThat(Outcome.of(example.turn(), example.observation())).isEqualTo(example.outcome());
    }

    @Test
    void everySituationHasACellForEveryObservation() {
        Set<Cell> filled = examples().stream().map(Example::cell).collect(Collectors.toSet());

        assertThat(filled).containsExactlyInAnyOrderElementsOf(Cell.all());
    }

    @Test
    void cellsWithSeveralOutcomesSayWhenWhichComes() {
        examples().stream().collect(Collectors.groupingBy(Example::cell)).forEach((cell, examples) -> {
            long outcomes = examples.stream().map(Example::outcome).distinct().count();
            if (outcomes > 1) {
                assertThat(examples)
                        .as(cell.toString())
                        .allSatisfy(example -> assertThat(example.when()).isNotEmpty());
            }
        });
    }
}
