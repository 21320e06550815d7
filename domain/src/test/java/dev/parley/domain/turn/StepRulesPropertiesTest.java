package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the step rules hold to in every turn, whatever its model, tools, shields and client do. */
class StepRulesPropertiesTest {

    private static final String SEED = "20250428";
    private static final int TRIES = 400;

    @Provide
    Arbitrary<List<Turn>> lives() {
        return Improvisation.lives();
    }

    @Property(seed = SEED, tries = TRIES)
    void shieldsLookOncePerSideAndRun(@ForAll("lives") List<Turn> life) {
        Turn turn = life.getLast();
        boolean broken = turn.state() instanceof TurnState.Failed || turn.state() instanceof TurnState.Cancelled;
        List<List<Step>> runs = runs(turn.steps());
        for (int index = 0; index < runs.size(); index++) {
            List<Step> run = runs.get(index);
            boolean whole = !broken || index < runs.size() - 1;
            boolean objected = !run.isEmpty() && objects(run.getFirst(), Touchpoint.USER_INPUT);
            assertLooked(run, Touchpoint.USER_INPUT, turn.spec().inputShields(), whole);
            assertLooked(run, Touchpoint.ASSISTANT_OUTPUT, turn.spec().outputShields(), whole && !objected);
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void theClientIsOnlyHandedCallsThatItCanAnswer(@ForAll("lives") List<Turn> life) {
        for (Turn turn : life) {
            if (turn.state() instanceof TurnState.AwaitingInput awaiting) {
                assertThat(awaiting.pending()).isNotEmpty().allSatisfy(call -> {
                    assertThat(turn.spec().tool(call.toolName()).map(OfferedTool::side))
                            .hasValue(ToolSide.CLIENT);
                    assertThat(call.arguments()).isInstanceOf(ToolArguments.Json.class);
                });
                assertThat(awaiting.output().stopReason()).isEqualTo(StopReason.END_OF_MESSAGE);
                assertThat(turn.spec().clientToolPolicy()).isEqualTo(ClientToolPolicy.PAUSE);
            }
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void theModelIsAskedAgainOnlyWhenEveryCallOfItsLastMessageIsAnswered(@ForAll("lives") List<Turn> life) {
        eachMove(life, (before, _) -> {
            List<Step.Inference> soFar = inferences(runs(before.steps()).getLast());
            if (before.next() instanceof Effect.Infer && !soFar.isEmpty()) {
                Step.Inference last = soFar.getLast();
                assertThat(answersSince(before.steps(), last))
                        .containsAll(last.answer().toolCalls().stream()
                                .map(ToolCall::callId)
                                .toList());
            }
        });
    }

    @Property(seed = SEED, tries = TRIES)
    void aForcedChoiceHoldsUntilToolsHaveRun(@ForAll("lives") List<Turn> life) {
        for (Turn turn : life) {
            if (turn.next() instanceof Effect.Infer(ToolChoice choice)) {
                boolean obeyed = turn.steps().stream()
                        .dropWhile(step -> !(step instanceof Step.Inference))
                        .anyMatch(Step.ToolExecution.class::isInstance);
                boolean free = turn.spec().toolChoice() instanceof ToolChoice.None;
                if (!mustAnswer(turn)) {
                    assertThat(choice)
                            .isEqualTo(
                                    obeyed && !free
                                            ? new ToolChoice.Auto()
                                            : turn.spec().toolChoice());
                }
            }
        }
    }

    /** Its client could do nothing with calls for this server that are left over at the end. */
    @Property(seed = SEED, tries = TRIES)
    void theLastInferenceAfterToolsOfThisServerIsAskedForAnAnswer(@ForAll("lives") List<Turn> life) {
        for (Turn turn : life) {
            if (turn.next() instanceof Effect.Infer(ToolChoice choice) && mustAnswer(turn)) {
                assertThat(choice).isEqualTo(new ToolChoice.None());
            }
        }
    }

    private static boolean mustAnswer(Turn turn) {
        return turn.spec().clientToolPolicy() == ClientToolPolicy.END
                && inferences(turn.steps()).size() == turn.spec().maxInferenceSteps() - 1
                && turn.steps().stream()
                        .anyMatch(step -> step instanceof Step.ToolExecution tools && tools.side() == ToolSide.SERVER);
    }

    @Property(seed = SEED, tries = TRIES)
    void theModelIsNotAskedForTokensThatTheClientDoesNotAllow(@ForAll("lives") List<Turn> life) {
        for (Turn turn : life) {
            Optional<Integer> limit = turn.spec().terms().flatMap(ResponseTerms::maxOutputTokens);
            if (turn.next() instanceof Effect.Infer && limit.isPresent()) {
                long used = turn.usage().map(Usage::outputTokens).orElse(0L);
                assertThat(turn.sampling().maxTokens()).isPositive();
                assertThat(used + turn.sampling().maxTokens())
                        .isEqualTo(limit.get().longValue());
            }
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void aTurnIsCompactedOnceAtMostAndAtItsEnd(@ForAll("lives") List<Turn> life) {
        List<Step> steps = life.getLast().steps();
        for (int index = 0; index < steps.size() - 1; index++) {
            assertThat(steps.get(index)).isNotInstanceOf(Step.Compaction.class);
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void aTurnNeverInfersMoreOftenThanItsLimit(@ForAll("lives") List<Turn> life) {
        Turn turn = life.getLast();

        assertThat(inferences(turn.steps()))
                .hasSizeLessThanOrEqualTo(turn.spec().maxInferenceSteps());
    }

    /** However bad its model is: the limit bounds the inferences, and those bound everything else. */
    @Property(seed = SEED, tries = TRIES)
    void everyRunComesToRestSoon(@ForAll("lives") List<Turn> life) {
        int mostCalls = 3;
        int shieldsRetrievalAndCompaction = 4;
        int bound = life.getFirst().spec().maxInferenceSteps() * (1 + mostCalls) + shieldsRetrievalAndCompaction;

        int observed = 0;
        for (Turn turn : life) {
            if (!turn.steps().isEmpty() && turn.steps().getLast() instanceof Step.Abandoned) {
                continue; // no rule bounds how often processes are lost
            }
            observed = turn.state() instanceof TurnState.Running ? observed + 1 : 0;
            assertThat(observed).isLessThanOrEqualTo(bound);
        }
        assertThat(life.getLast().next()).isEqualTo(new Effect.Rest());
    }

    private interface Move {
        void between(Turn before, Turn after);
    }

    private static void eachMove(List<Turn> life, Move move) {
        for (int index = 1; index < life.size(); index++) {
            move.between(life.get(index - 1), life.get(index));
        }
    }

    /** The steps between one word of the client and the next. */
    private static List<List<Step>> runs(List<Step> steps) {
        List<List<Step>> runs = new ArrayList<>(List.of(new ArrayList<>()));
        for (Step step : steps) {
            if (step instanceof Step.ToolExecution tools && tools.side() == ToolSide.CLIENT) {
                runs.add(new ArrayList<>());
            } else {
                runs.getLast().add(step);
            }
        }
        return runs;
    }

    private static void assertLooked(List<Step> run, Touchpoint touchpoint, List<String> shields, boolean must) {
        Predicate<Step> looked = step -> step instanceof Step.ShieldCall shield && shield.touchpoint() == touchpoint;
        int most = shields.isEmpty() ? 0 : 1;

        assertThat(run.stream().filter(looked).count()).isBetween(must ? most : 0L, (long) most);
    }

    private static boolean objects(Step step, Touchpoint touchpoint) {
        return step instanceof Step.ShieldCall shield
                && shield.touchpoint() == touchpoint
                && shield.violation().isPresent();
    }

    private static List<Step.Inference> inferences(List<Step> steps) {
        return steps.stream()
                .filter(Step.Inference.class::isInstance)
                .map(Step.Inference.class::cast)
                .toList();
    }

    private static List<String> answersSince(List<Step> steps, Step.Inference inference) {
        return steps.subList(steps.lastIndexOf(inference), steps.size()).stream()
                .flatMap(step -> step instanceof Step.ToolExecution tools
                        ? tools.responses().stream().map(ToolResponse::callId)
                        : Stream.empty())
                .toList();
    }
}
