package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.tool.ToolSide;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The properties say something only as far as improvised turns get everywhere. */
class ImprovisationTest {

    private static final List<List<Turn>> LIVES = IntStream.range(0, 6_000)
            .mapToObj(seed -> new Random(seed).ints(60, 0, 1_000_000).boxed().toList())
            .map(made -> new Improvisation(new Choices(made)).play(TurnFixture.TURN))
            .toList();

    @Test
    void improvisedTurnsComeByEverySituation() {
        Set<Situation> visited =
                LIVES.stream().flatMap(List::stream).map(Situation::of).collect(Collectors.toSet());

        assertThat(visited).containsExactlyInAnyOrderElementsOf(Situation.all());
    }

    @Test
    void improvisedTurnsTakeEveryWayFromOneSituationToAnother() {
        Set<String> ways = new HashSet<>();
        LIVES.forEach(life -> IntStream.range(1, life.size())
                .forEach(
                        index -> ways.add(Situation.of(life.get(index - 1)) + " -> " + Situation.of(life.get(index)))));
        Set<String> known = Set.of(
                "Queued -> Running, next Retrieve",
                "Queued -> Running, next Infer",
                "Queued -> Running, next ListTools",
                "Queued -> Running, next RunTools",
                "Queued -> Failed",
                "Queued -> Cancelled",
                "Running, next CheckShields -> Running, next Retrieve",
                "Running, next CheckShields -> Running, next Infer",
                "Running, next CheckShields -> AwaitingInput",
                "Running, next CheckShields -> Completed",
                "Running, next Retrieve -> Running, next Infer",
                "Running, next Retrieve -> Running, next ListTools",
                "Running, next Retrieve -> Running, next RunTools",
                "Running, next ListTools -> Running, next Infer",
                "Running, next ListTools -> Running, next RunTools",
                "Running, next ListTools -> Failed",
                "Running, next ListTools -> Cancelled",
                "Running, next Infer -> Running, next Infer",
                "Running, next Infer -> Running, next RunTools",
                "Running, next Infer -> Running, next CheckShields",
                "Running, next Infer -> AwaitingInput",
                "Running, next Infer -> Completed",
                "Running, next Infer -> Running, next Compact",
                "Running, next CheckShields -> Running, next Compact",
                "Running, next CheckShields -> Running, next CheckShields",
                "Running, next Retrieve -> Running, next Retrieve",
                "Running, next ListTools -> Running, next ListTools",
                "Running, next Compact -> Running, next Compact",
                "Running, next Compact -> Completed",
                "Running, next Compact -> Failed",
                "Running, next Compact -> Cancelled",
                "Running, next RunTools -> Running, next RunTools",
                "Running, next RunTools -> Running, next Infer",
                "Running, next RunTools -> Running, next CheckShields",
                "Running, next RunTools -> AwaitingInput",
                "Running, next RunTools -> Completed",
                "Running, next CheckShields -> Failed",
                "Running, next Retrieve -> Failed",
                "Running, next Infer -> Failed",
                "Running, next RunTools -> Failed",
                "Running, next CheckShields -> Cancelled",
                "Running, next Retrieve -> Cancelled",
                "Running, next Infer -> Cancelled",
                "Running, next RunTools -> Cancelled",
                "AwaitingInput -> Running, next CheckShields",
                "AwaitingInput -> Running, next Infer",
                "AwaitingInput -> Cancelled",
                "Completed -> Running, next CheckShields",
                "Completed -> Running, next Infer");

        assertThat(ways).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void someAreResumedOftenAndSomeRunOutOfInferences() {
        assertThat(LIVES)
                .anySatisfy(life -> assertThat(life.getLast().steps())
                        .filteredOn(step -> step instanceof Step.ToolExecution tools && tools.side() == ToolSide.CLIENT)
                        .hasSizeGreaterThan(2))
                .anySatisfy(life -> assertThat(life.getLast().state())
                        .isInstanceOfSatisfying(
                                TurnState.Completed.class,
                                completed -> assertThat(completed.output().toolCalls())
                                        .isNotEmpty()));
    }
}
