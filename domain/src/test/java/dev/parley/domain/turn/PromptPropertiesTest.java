package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds whenever a model is asked, whatever the turn and those before it have gone through. */
class PromptPropertiesTest {

    private static final String SEED = "20250428";
    private static final int TRIES = 400;

    /** A turn that asks its model, and the turns before it, each as it was at some moment. */
    record Asking(List<Turn> earlier, Turn turn) {

        List<Message> conversation() {
            return Prompt.of(earlier, turn);
        }

        /** The turns that the model is to be shown: not those that ended before it had said a word. */
        List<Turn> remembered() {
            return Stream.concat(earlier.stream().filter(Asking::isRemembered), Stream.of(turn))
                    .toList();
        }

        private static boolean isRemembered(Turn before) {
            boolean broken =
                    before.state() instanceof TurnState.Failed || before.state() instanceof TurnState.Cancelled;
            return !broken || before.steps().stream().anyMatch(Step.Inference.class::isInstance);
        }
    }

    /** Every moment of one session at which the model is asked. */
    @Provide
    Arbitrary<List<Asking>> askings() {
        return Improvisation.choices(100).map(PromptPropertiesTest::session);
    }

    private static List<Asking> session(Choices choices) {
        Improvisation improvisation = new Improvisation(choices);
        List<Turn> earlier = new ArrayList<>();
        for (int left = choices.below(4); left > 0; left--) {
            List<Turn> life = improvisation.playTurn(new TurnId("earlier-" + left));
            earlier.add(life.get(choices.below(2) == 0 ? life.size() - 1 : choices.below(life.size())));
        }
        return improvisation.playTurn(TurnFixture.TURN).stream()
                .filter(turn -> turn.next() instanceof Effect.Infer)
                .map(turn -> new Asking(List.copyOf(earlier), turn))
                .toList();
    }

    @Property(seed = SEED, tries = TRIES)
    void eachCallIsAnsweredOnceBehindItsMessageAndInOrder(@ForAll("askings") List<Asking> askings) {
        for (Asking asking : askings) {
            List<String> awaited = new ArrayList<>();
            for (Message message : asking.conversation()) {
                if (message instanceof Message.Tool tool) {
                    assertThat(awaited).as("open calls").isNotEmpty();
                    assertThat(tool.callId()).isEqualTo(awaited.removeFirst());
                } else {
                    assertThat(awaited).as("open calls").isEmpty();
                }
                if (message instanceof Message.Assistant assistant) {
                    assistant.toolCalls().stream().map(ToolCall::callId).forEach(awaited::add);
                }
            }
            assertThat(awaited).as("open calls").isEmpty();
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void theInstructionsStandFirstAndOnce(@ForAll("askings") List<Asking> askings) {
        for (Asking asking : askings) {
            List<Message> conversation = asking.conversation();
            String instructions = asking.turn().spec().instructions();
            if (!instructions.isEmpty()) {
                assertThat(conversation.getFirst()).isEqualTo(new Message.System(instructions));
            }
            assertThat(conversation.stream().filter(Message.System.class::isInstance))
                    .hasSize(instructions.isEmpty() ? 0 : 1);
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void whatTheModelSaidIsThereInOrder(@ForAll("askings") List<Asking> askings) {
        for (Asking asking : askings) {
            assertThat(asking.conversation().stream()
                            .flatMap(message -> message instanceof Message.Assistant assistant
                                    ? Stream.of(assistant.text())
                                    : Stream.of()))
                    .containsExactlyElementsOf(asking.remembered().stream()
                            .flatMap(turn -> turn.steps().stream())
                            .flatMap(PromptPropertiesTest::said)
                            .toList());
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void onlyThisTurnShowsWhatTheModelThought(@ForAll("askings") List<Asking> askings) {
        for (Asking asking : askings) {
            assertThat(asking.conversation().stream()
                            .flatMap(message -> message instanceof Message.Assistant assistant
                                    ? assistant.reasoning().stream()
                                    : Stream.of()))
                    .containsExactlyElementsOf(asking.turn().steps().stream()
                            .flatMap(step -> step instanceof Step.Inference inference
                                    ? inference.answer().reasoning().stream()
                                    : Stream.of())
                            .toList());
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void nothingThatWasHandedOverIsLostOrToldTwice(@ForAll("askings") List<Asking> askings) {
        for (Asking asking : askings) {
            String told = asking.conversation().toString();
            asking.remembered()
                    .forEach(turn ->
                            handedOver(turn).forEach(text -> assertThat(told).containsOnlyOnce(text)));
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void materialForOneTurnIsNotShownToLaterOnes(@ForAll("askings") List<Asking> askings) {
        for (Asking asking : askings) {
            String told = asking.conversation().toString();
            asking.earlier().stream()
                    .flatMap(PromptPropertiesTest::context)
                    .forEach(text -> assertThat(told).doesNotContain(text));
            context(asking.turn()).forEach(text -> assertThat(told).containsOnlyOnce(text));
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void callsThatWereAnsweredInTheirTurnHaveThatAnswer(@ForAll("askings") List<Asking> askings) {
        for (Asking asking : askings) {
            Map<String, Map<String, String>> answered = new HashMap<>();
            asking.remembered().forEach(turn -> answered.putAll(answersByMessage(turn)));
            Map<String, String> open = Map.of();
            for (Message message : asking.conversation()) {
                if (message instanceof Message.Assistant assistant) {
                    open = answered.getOrDefault(assistant.text(), Map.of());
                } else if (message instanceof Message.Tool tool && open.containsKey(tool.callId())) {
                    assertThat(tool.content().text()).isEqualTo(open.get(tool.callId()));
                }
            }
        }
    }

    private static Stream<String> said(Step step) {
        return switch (step) {
            case Step.Inference inference -> Stream.of(inference.answer().text());
            case Step.ShieldCall shield -> shield.violation().map(Violation::refusal).stream();
            case Step.ToolExecution _,
                    Step.MemoryRetrieval _,
                    Step.Compaction _,
                    Step.ToolListing _,
                    Step.BrokenAnswer _,
                    Step.Abandoned _ -> Stream.of();
        };
    }

    private static Stream<String> handedOver(Turn turn) {
        Stream<String> input = turn.input().messages().stream()
                .map(message -> message.content().text());
        Stream<String> documents = turn.input().documents().stream()
                .map(document -> document.content().text());
        Stream<String> steps = turn.steps().stream().flatMap(step -> switch (step) {
            case Step.ToolExecution tools ->
                tools.responses().stream().map(response -> response.content().text());
            case Step.MemoryRetrieval retrieval ->
                Stream.of(retrieval.insertedContext().text());
            case Step.Inference _,
                    Step.ShieldCall _,
                    Step.Compaction _,
                    Step.ToolListing _,
                    Step.BrokenAnswer _,
                    Step.Abandoned _ -> Stream.of();
        });
        return Stream.of(input, documents, steps).flatMap(texts -> texts);
    }

    private static Stream<String> context(Turn turn) {
        return turn.input().messages().stream()
                .flatMap(message -> message instanceof Message.User user ? user.context().stream() : Stream.of())
                .map(content -> content.text());
    }

    /** For each message of the model, by its text, the answers to its calls by their ids. */
    private static Map<String, Map<String, String>> answersByMessage(Turn turn) {
        Map<String, Map<String, String>> answers = new HashMap<>();
        Map<String, String> current = new HashMap<>();
        for (Step step : turn.steps()) {
            if (step instanceof Step.Inference inference) {
                current = new HashMap<>();
                answers.put(inference.answer().text(), current);
            } else if (step instanceof Step.ToolExecution tools) {
                for (ToolResponse response : tools.responses()) {
                    current.put(response.callId(), response.content().text());
                }
            }
        }
        return answers;
    }
}
