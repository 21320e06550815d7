package dev.parley.domain.turn;

import static dev.parley.domain.item.ItemFixture.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for items, whatever a turn has gone through and whatever a client sends. */
class ItemPropertiesTest {

    private static final String SEED = "20250428";
    private static final int TRIES = 400;

    /** A turn and those before it, each of any interface, at some moment. */
    record Line(List<Turn> earlier, Turn turn) {

        List<Item> itemsBefore() {
            return earlier.stream()
                    .flatMap(before -> TurnItems.of(before).stream())
                    .toList();
        }
    }

    @Provide
    Arbitrary<List<Turn>> lives() {
        return Improvisation.lives();
    }

    /** Every moment of the last turn of one line. */
    @Provide
    Arbitrary<List<Line>> lines() {
        return Improvisation.choices(100).map(ItemPropertiesTest::line);
    }

    private static List<Line> line(Choices choices) {
        Improvisation improvisation = new Improvisation(choices);
        List<Turn> earlier = new ArrayList<>();
        for (int left = choices.below(4); left > 0; left--) {
            List<Turn> life = improvisation.play(id(left));
            earlier.add(choices.oneIn(3) ? life.get(choices.below(life.size())) : life.getLast());
        }
        List<Turn> life = choices.oneIn(4) ? improvisation.playTurn(id(0)) : improvisation.playResponse(id(0));
        return life.stream().map(turn -> new Line(List.copyOf(earlier), turn)).toList();
    }

    private static TurnId id(int number) {
        return new TurnId("00000000-0000-4000-8000-00000000000" + number);
    }

    @Property(seed = SEED, tries = TRIES)
    void theModelIsShownEachCallAnsweredBehindItsMessage(@ForAll("lines") List<Line> lines) {
        for (Line line : lines) {
            assertEveryCallAnswered(Prompt.of(line.earlier(), line.turn()));
            assertEveryCallAnswered(Prompt.ofItems(line.itemsBefore(), line.turn()));
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void theModelIsShownOneSystemMessageAtMostAndFirst(@ForAll("lines") List<Line> lines) {
        for (Line line : lines) {
            assertSystemFirst(Prompt.of(line.earlier(), line.turn()));
            assertSystemFirst(Prompt.ofItems(line.itemsBefore(), line.turn()));
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void whatIsMadeOfItemsHasNoEmptyTextsAndNoNeighboursOfOneKind(@ForAll("lines") List<Line> lines) {
        for (Line line : lines) {
            List<Message> messages = new ArrayList<>();
            ItemMessages.add(line.itemsBefore(), messages);
            for (Message message : messages) {
                if (message instanceof Message.Assistant(List<Passage> passages, var _)) {
                    assertThat(passages)
                            .isNotEmpty()
                            .allSatisfy(passage -> assertThat(text(passage)).isNotEmpty());
                    assertThat(IntStream.range(1, passages.size()))
                            .noneMatch(index -> canBeJoined(passages.get(index - 1), passages.get(index)));
                }
            }
        }
    }

    /** So nobody has to read it. */
    @Property(seed = SEED, tries = TRIES)
    void whatSomethingStandsForIsNeitherShownNorAskedFor(@ForAll("lines") List<Line> lines) {
        for (Line line : lines) {
            List<Turn> earlier = line.turn().standsForAllBefore() ? List.of() : fromLast(line.earlier());
            List<Item> items = fromLastItem(line.itemsBefore());
            List<Item> answers = answersTo(line.itemsBefore());

            assertThat(Prompt.of(earlier, line.turn())).isEqualTo(Prompt.of(line.earlier(), line.turn()));
            assertThat(Prompt.ofItems(items, line.turn())).isEqualTo(Prompt.ofItems(line.itemsBefore(), line.turn()));
            assertThatCode(() -> ItemRules.check(items, answers)).doesNotThrowAnyException();
        }
    }

    private static List<Turn> fromLast(List<Turn> turns) {
        int last = turns.size() - 1;
        while (last > 0 && !turns.get(last).standsForAllBefore()) {
            last--;
        }
        return turns.subList(Math.max(0, last), turns.size());
    }

    private static List<Item> fromLastItem(List<Item> items) {
        int last = items.size() - 1;
        while (last > 0 && !items.get(last).standsForAllBefore()) {
            last--;
        }
        return items.subList(Math.max(0, last), items.size());
    }

    @Property(seed = SEED, tries = TRIES)
    void noTwoItemsOfALineShareAnId(@ForAll("lines") List<Line> lines) {
        for (Line line : lines) {
            List<Item> all = new ArrayList<>(line.itemsBefore());
            all.addAll(TurnItems.of(line.turn()));

            assertThat(all).extracting(Item::id).doesNotHaveDuplicates();
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void whatATurnHasToldStaysAsItIs(@ForAll("lives") List<Turn> life) {
        for (int index = 1; index < life.size(); index++) {
            List<Item> before = TurnItems.of(life.get(index - 1));

            assertThat(TurnItems.of(life.get(index)).subList(0, before.size())).isEqualTo(before);
        }
    }

    @Property(seed = SEED, tries = TRIES)
    void whatATurnHasToldIsWhatItsStepsHave(@ForAll("lives") List<Turn> life) {
        Turn turn = life.getLast();

        assertThat(TurnItems.output(turn))
                .isEqualTo(IntStream.range(0, turn.steps().size())
                        .boxed()
                        .flatMap(index -> TurnItems.ofStep(turn, index).stream())
                        .toList());
    }

    /** Also where a model gives one id to several calls, and where an attempt was lost. */
    @Property(seed = SEED, tries = TRIES)
    void noTwoCallsOfTheShellOfThisServerShareACallId(@ForAll("lives") List<Turn> life) {
        Turn turn = life.getLast();

        assertThat(TurnItems.output(turn).stream()
                        .filter(item -> item instanceof Item.Called called && called.form() instanceof CallForm.Hosted)
                        .map(item -> ((Item.Called) item).call().callId()))
                .doesNotHaveDuplicates();
    }

    @Property(seed = SEED, tries = TRIES)
    void idsTellTheirTurn(@ForAll("lives") List<Turn> life) {
        assertThat(TurnItems.output(life.getLast()))
                .extracting(Item::id)
                .extracting(ItemId::turn)
                .allSatisfy(turn -> assertThat(turn).hasValue(TurnFixture.TURN));
    }

    /** An answer that was cut off ends its turn, but for what shields or people say to it. */
    @Property(seed = SEED, tries = TRIES)
    void onlyTheLastItemOfAnAnswerIsIncomplete(@ForAll("lives") List<Turn> life) {
        Turn turn = life.getLast();
        for (int index = 0; index < turn.steps().size(); index++) {
            List<Item> items = TurnItems.ofStep(turn, index);
            for (int place = 0; place < items.size() - 1; place++) {
                assertThat(isIncomplete(items.get(place))).isFalse();
            }
        }
    }

    /** A client that answers what a response has left open can go on from it, wherever the calls came from. */
    @Property(seed = SEED, tries = TRIES)
    void aClientThatAnswersEveryCallIsNotRefused(@ForAll("lines") List<Line> lines) {
        for (Line line : lines) {
            List<Item> before = new ArrayList<>(line.itemsBefore());
            before.addAll(TurnItems.of(line.turn()));

            assertThatCode(() -> ItemRules.check(before, answersTo(before))).doesNotThrowAnyException();
        }
    }

    private static List<Item> answersTo(List<Item> items) {
        return open(items).values().stream()
                .<Item>map(call -> answered(call.form(), call.call(), new CallOutput.Text("result")))
                .toList();
    }

    private static Map<String, Item.Called> open(List<Item> items) {
        Map<String, Item.Called> open = new LinkedHashMap<>();
        for (Item item : items) {
            switch (item) {
                case Item.Called called -> open.put(called.call().callId(), called);
                case Item.Answered answered -> {
                    Item.Called called = open.get(answered.callId());
                    if (called != null && called.form().kind() == answered.kind()) {
                        open.remove(answered.callId());
                    }
                }
                case Item.Compacted _ -> open.clear();
                case Item.Said _,
                        Item.Thought _,
                        Item.Hosted _,
                        Item.Listed _,
                        Item.Asked _,
                        Item.Decided _,
                        Item.CompactionTrigger _,
                        Item.Opaque _ -> {
                    // neither asks nor answers
                }
            }
        }
        return open;
    }

    private static void assertEveryCallAnswered(List<Message> messages) {
        List<String> awaited = new ArrayList<>();
        for (Message message : messages) {
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

    private static void assertSystemFirst(List<Message> messages) {
        assertThat(messages.stream().skip(1)).noneMatch(Message.System.class::isInstance);
    }

    private static boolean isIncomplete(Item item) {
        return switch (item) {
            case Item.Said said -> said.status() == ItemStatus.INCOMPLETE;
            case Item.Called called -> called.status() == ItemStatus.INCOMPLETE;
            case Item.Answered answered -> answered.status() == ItemStatus.INCOMPLETE;
            case Item.Hosted hosted -> hosted.status() == ItemStatus.INCOMPLETE;
            case Item.Thought _,
                    Item.Compacted _,
                    Item.CompactionTrigger _,
                    Item.Listed _,
                    Item.Asked _,
                    Item.Decided _,
                    Item.Opaque _ -> false;
        };
    }

    private static String text(Passage passage) {
        return switch (passage) {
            case Passage.Thought(String text) -> text;
            case Passage.Spoken(String text, var _, var _) -> text;
            case Passage.Refused(String text) -> text;
            case Passage.Called(ToolCall call) -> call.callId();
        };
    }

    private static boolean canBeJoined(Passage one, Passage other) {
        return (one instanceof Passage.Thought && other instanceof Passage.Thought)
                || (one instanceof Passage.Spoken && other instanceof Passage.Spoken);
    }
}
