package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.MessageFixture;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolFixture;
import dev.parley.domain.tool.ToolResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every turn as a value, whatever happens to it. */
class TurnPropertiesTest {

    private static final String SEED = "20250428";
    private static final int TRIES = 400;

    @Provide
    Arbitrary<List<Turn>> lives() {
        return Improvisation.lives();
    }

    @Property(seed = SEED, tries = TRIES)
    void stepsOnlyGrowAndEarlierOnesNeverChange(@ForAll("lives") List<Turn> life) {
        eachMove(life, (before, after) -> {
            assertThat(after.steps().subList(0, before.steps().size())).isEqualTo(before.steps());
            assertThat(after.steps().size() - before.steps().size()).isBetween(0, 1);
        });
    }

    @Property(seed = SEED, tries = TRIES)
    void whatATurnBeganWithNeverChanges(@ForAll("lives") List<Turn> life) {
        Turn begun = life.getFirst();
        assertThat(life).allSatisfy(turn -> {
            assertThat(turn.id()).isEqualTo(begun.id());
            assertThat(turn.origin()).isEqualTo(begun.origin());
            assertThat(turn.spec()).isEqualTo(begun.spec());
            assertThat(turn.input()).isEqualTo(begun.input());
            assertThat(turn.startedAt()).isEqualTo(begun.startedAt());
        });
    }

    @Property(seed = SEED, tries = TRIES)
    void theRevisionCountsTheObservations(@ForAll("lives") List<Turn> life) {
        assertThat(life)
                .extracting(Turn::revision)
                .containsExactlyElementsOf(
                        IntStream.range(0, life.size()).mapToObj(Long::valueOf).toList());
    }

    @Property(seed = SEED, tries = TRIES)
    void idsOfStepsAreDistinctAndKnownBeforehand(@ForAll("lives") List<Turn> life) {
        List<StepId> told = new ArrayList<>();
        eachMove(life, (before, after) -> {
            if (after.steps().size() > before.steps().size()) {
                told.add(before.nextStepId());
            }
        });

        assertThat(told).doesNotHaveDuplicates();
        assertThat(told).isEqualTo(stepIds(life.getLast()));
    }

    @Property(seed = SEED, tries = TRIES)
    void timesStrictlyIncrease(@ForAll("lives") List<Turn> life) {
        assertThat(life).allSatisfy(turn -> {
            List<Instant> instants = new ArrayList<>(List.of(turn.startedAt()));
            for (Step step : turn.steps()) {
                instants.add(step.period().start());
                instants.add(step.period().end());
            }
            turn.restedAt().ifPresent(instants::add);

            assertThat(instants).doesNotHaveDuplicates().isSorted();
            assertThat(turn.later(Instant.EPOCH)).isAfter(instants.getLast());
        });
    }

    @Property(seed = SEED, tries = TRIES)
    void aTurnRestsExactlyWhenItIsNeitherQueuedNorRunning(@ForAll("lives") List<Turn> life) {
        assertThat(life).allSatisfy(turn -> {
            boolean running = turn.state() instanceof TurnState.Running;
            boolean queued = turn.state() instanceof TurnState.Queued;
            assertThat(turn.next() instanceof Effect.Work).isEqualTo(running);
            assertThat(turn.isAtRest()).isEqualTo(!running && !queued);
            assertThat(turn.restedAt().isPresent()).isEqualTo(turn.isAtRest());
        });
    }

    @Property(seed = SEED, tries = TRIES)
    void aTurnIsQueuedOnlyAtItsBeginningAndPickedUpOnce(@ForAll("lives") List<Turn> life) {
        List<TurnEvent> told = new ArrayList<>();
        eachMove(life, (before, after) -> {
            assertThat(after.state()).isNotInstanceOf(TurnState.Queued.class);
            told.addAll(after.factsSince(before));
        });
        boolean pickedUp = life.getFirst().state() instanceof TurnState.Queued
                && life.get(1).state() instanceof TurnState.Running;

        assertThat(told.stream()
                        .filter(TurnEvent.TurnPickedUp.class::isInstance)
                        .toList())
                .isEqualTo(pickedUp ? List.of(new TurnEvent.TurnPickedUp(life.get(1))) : List.of());
    }

    @Property(seed = SEED, tries = TRIES)
    void aTurnThatHasEndedNeverMoves(@ForAll("lives") List<Turn> life) {
        Turn last = life.getLast();
        if (hasEnded(last)) {
            Turn asItWas = new Turn(
                    last.id(),
                    last.origin(),
                    last.spec(),
                    last.input(),
                    last.steps(),
                    last.state(),
                    last.startedAt(),
                    last.restedAt(),
                    last.revision());

            assertThat(everyObservation(last))
                    .allSatisfy(observation ->
                            assertThat(Outcome.of(last, observation)).isNotInstanceOf(Outcome.Becomes.class));
            assertThat(last).isEqualTo(asItWas);
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void everyStepIsToldOnceAndEveryRestOnce(@ForAll("lives") List<Turn> life) {
        List<TurnEvent> told = new ArrayList<>();
        eachMove(life, (before, after) -> told.addAll(after.factsSince(before)));

        assertThat(told.stream()
                        .filter(TurnEvent.StepCompleted.class::isInstance)
                        .toList())
                .isEqualTo(stepsOf(life.getLast()));
        assertThat(told.stream().filter(TurnEvent.TurnRested.class::isInstance).toList())
                .isEqualTo(life.stream()
                        .filter(Turn::isAtRest)
                        .<TurnEvent>map(TurnEvent.TurnRested::new)
                        .toList());
    }

    @Property(seed = SEED, tries = TRIES)
    void aTurnToldAgainHasTheSameSteps(@ForAll("lives") List<Turn> life) {
        Turn turn = life.getLast();
        List<TurnEvent> again = Replay.of(turn, 0);

        assertThat(again.stream()
                        .filter(TurnEvent.StepCompleted.class::isInstance)
                        .toList())
                .isEqualTo(stepsOf(turn));
        assertThat(again.getLast()).isEqualTo(new TurnEvent.TurnRested(turn));
    }

    private interface Move {
        void between(Turn before, Turn after);
    }

    private static void eachMove(List<Turn> life, Move move) {
        for (int index = 1; index < life.size(); index++) {
            move.between(life.get(index - 1), life.get(index));
        }
    }

    private static boolean hasEnded(Turn turn) {
        return switch (turn.state()) {
            case TurnState.Failed _, TurnState.Cancelled _ -> true;
            case TurnState.Completed _ -> turn.spec().clientToolPolicy() == ClientToolPolicy.END;
            case TurnState.Queued _, TurnState.Running _, TurnState.AwaitingInput _ -> false;
        };
    }

    private static List<Observation> everyObservation(Turn turn) {
        ToolCall call = ToolFixture.call("call_0", "ask");
        return List.of(
                ObservationFixture.shieldsPass(turn, Touchpoint.USER_INPUT),
                ObservationFixture.shieldsPass(turn, Touchpoint.ASSISTANT_OUTPUT),
                ObservationFixture.retrieved(turn, "text"),
                ObservationFixture.modelAnswered(turn, MessageFixture.says("Hello")),
                ObservationFixture.toolRan(turn, call, "result"),
                ObservationFixture.clientAnswered(turn, ToolResponse.text(call, "result")),
                ObservationFixture.compacted(turn, "text"),
                ObservationFixture.pickedUp(turn),
                ObservationFixture.broke(turn),
                ObservationFixture.cancelRequested(turn));
    }

    private static List<StepId> stepIds(Turn turn) {
        return IntStream.range(0, turn.steps().size())
                .mapToObj(index -> StepId.of(turn.id(), index))
                .toList();
    }

    private static List<TurnEvent> stepsOf(Turn turn) {
        return IntStream.range(0, turn.steps().size())
                .<TurnEvent>mapToObj(index -> new TurnEvent.StepCompleted(
                        turn.id(), StepId.of(turn.id(), index), turn.steps().get(index)))
                .toList();
    }
}
