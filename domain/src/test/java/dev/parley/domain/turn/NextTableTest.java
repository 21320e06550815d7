package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.turn.NextTable.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NextTableTest {

    static List<Row> rows() {
        return NextTable.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachTurnGoesOnAsTheTableSays(Row row) {
        assertThat(NextTable.comesNext(row.turn())).isEqualTo(row.comes());
    }

    @Test
    void everyKindOfStepIsFollowed() {
        Set<StepKind> followed = rows().stream()
                .filter(row -> !row.turn().steps().isEmpty())
                .map(row -> row.turn().steps().getLast().kind())
                .collect(Collectors.toSet());

        assertThat(followed).containsExactlyInAnyOrder(StepKind.values());
    }

    @Test
    void everyEffectComesSomewhere() {
        Set<Class<?>> come =
                rows().stream().map(row -> row.turn().next().getClass()).collect(Collectors.toSet());

        assertThat(come)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Arrays.stream(Effect.Work.class.getPermittedSubclasses()), Stream.of(Effect.Rest.class))
                        .toList());
    }

    @Test
    void theFixturesForOtherModulesHaveEveryKindOfStep() {
        Set<StepKind> kinds = Stream.of(
                        TurnFixture.turnWithEveryKindOfStep(),
                        TurnFixture.compactedResponse("It is a long story."),
                        TurnFixture.responseWithServerOfTools())
                .flatMap(turn -> turn.steps().stream())
                .map(Step::kind)
                .collect(Collectors.toSet());

        assertThat(kinds).containsExactlyInAnyOrder(StepKind.values());
    }
}
