package dev.parley.domain.turn;

import static dev.parley.domain.item.ItemFixture.compactionTrigger;
import static dev.parley.domain.item.ItemFixture.user;
import static dev.parley.domain.message.MessageFixture.called;
import static dev.parley.domain.message.MessageFixture.cutOff;
import static dev.parley.domain.message.MessageFixture.filtered;
import static dev.parley.domain.message.MessageFixture.image;
import static dev.parley.domain.message.MessageFixture.inOrder;
import static dev.parley.domain.message.MessageFixture.refuses;
import static dev.parley.domain.message.MessageFixture.spoken;
import static dev.parley.domain.message.MessageFixture.thinks;
import static dev.parley.domain.message.MessageFixture.thought;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.customTool;
import static dev.parley.domain.tool.ToolFixture.hostedTool;
import static dev.parley.domain.tool.ToolFixture.malformedCall;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.turn.SampleTools.ASK;
import static dev.parley.domain.turn.SampleTools.ASKED;
import static dev.parley.domain.turn.SampleTools.LOOK_UP;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.MEASURED;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.TermsFixture.terms;
import static dev.parley.domain.turn.TurnFixture.TURN;
import static dev.parley.domain.turn.TurnFixture.responseTurn;
import static dev.parley.domain.turn.TurnFixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageFixture;
import dev.parley.domain.message.Part;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A turn as a client of the Responses API is told of it, item by item. */
class TurnItemsTest {

    private static final JsonText NONE = new JsonText("[]");
    private static final CallForm.Hosted WEB = new CallForm.Hosted(HostedKind.WEB_SEARCH, Optional.empty(), "search");

    @Nested
    class OfWhatItWasGiven {

        @Test
        void areTheItemsThatTheClientSent() {
            Turn turn = responseTurn(SpecFixture.response().build(), user("Hi"), user("there"));

            assertThat(TurnItems.input(turn)).containsExactly(user("Hi"), user("there"));
        }

        @Test
        void areMessagesAnswersAndDocumentsInTheirOrder() {
            Turn turn = turn(
                    TURN,
                    SampleTools.withTools().build(),
                    List.of(
                            MessageFixture.user("How am I?", "The user is 40."),
                            new Message.Tool("call_9", Content.of("118/79"))),
                    List.of(new Document(Content.of("A letter."), "text/plain")));

            assertThat(TurnItems.input(turn))
                    .containsExactly(
                            said("msg", 0, new ItemPart.InputText("How am I?")),
                            new Item.Answered(
                                    ItemId.ofInput("fco", TURN, 1),
                                    CallKind.FUNCTION,
                                    "call_9",
                                    new CallOutput.Text("118/79"),
                                    ItemStatus.COMPLETED),
                            said("msg", 2, new ItemPart.InputText("A letter.")));
        }

        @Test
        void keepTheirPictures() {
            Content drawn = new Content.Parts(List.of(
                    new Part.Text("What is this?"),
                    image("https://example.org/a.png"),
                    new Part.Image(new ImageSource.Data("/9j/4AAQ"))));
            Turn turn = turn(
                    TURN,
                    SampleTools.withTools().build(),
                    new Message.User(drawn, Optional.empty()),
                    new Message.Tool("call_9", drawn));
            List<ItemPart> parts = List.of(
                    new ItemPart.InputText("What is this?"),
                    new ItemPart.InputImage(
                            Optional.of("https://example.org/a.png"), Optional.empty(), Optional.empty()),
                    new ItemPart.InputImage(
                            Optional.of("data:image/jpeg;base64,/9j/4AAQ"), Optional.empty(), Optional.empty()));

            assertThat(TurnItems.input(turn))
                    .containsExactly(
                            said("msg", 0, parts.toArray(ItemPart[]::new)),
                            new Item.Answered(
                                    ItemId.ofInput("fco", TURN, 1),
                                    CallKind.FUNCTION,
                                    "call_9",
                                    new CallOutput.Parts(parts),
                                    ItemStatus.COMPLETED));
        }

        private static Item said(String prefix, int place, ItemPart... parts) {
            return new Item.Said(
                    ItemId.ofInput(prefix, TURN, place),
                    Role.USER,
                    List.of(parts),
                    ItemStatus.COMPLETED,
                    Optional.empty());
        }
    }

    @Nested
    class OfAnAnswer {

        @Test
        void standInTheOrderInWhichTheyCame() {
            Turn turn = play().answers(inOrder(
                            thought("Hm."),
                            spoken("Let me see."),
                            called(MEASURE),
                            thought("And that."),
                            called(ASK),
                            new Passage.Refused("Not this.")))
                    .turn();

            assertThat(TurnItems.output(turn))
                    .containsExactly(
                            thoughtItem("rs", 0, 0, "Hm."),
                            message(0, 1, outputText("Let me see."), ItemStatus.COMPLETED),
                            calledItem("fc", 0, 2, MEASURE),
                            thoughtItem("rs", 0, 3, "And that."),
                            new Item.Called(
                                    ItemId.ofOutput("ctc", TURN, 0, 4),
                                    new CallForm.Custom("ask", Optional.empty()),
                                    ASK,
                                    ItemStatus.COMPLETED),
                            message(0, 5, new ItemPart.Refused("Not this."), ItemStatus.COMPLETED));
        }

        @Test
        void areARefusalWhereTheModelRefused() {
            assertThat(TurnItems.output(play().answers(refuses("No.")).turn()))
                    .containsExactly(message(0, 0, new ItemPart.Refused("No."), ItemStatus.COMPLETED));
        }

        @Test
        void haveTheProbabilitiesOfTheirTokens() {
            JsonText scored = new JsonText("[{\"token\":\"Hi\"}]");

            assertThat(TurnItems.output(play().answers(inOrder(new Passage.Spoken("Hi", Optional.of(scored))))
                            .turn()))
                    .containsExactly(
                            message(0, 0, new ItemPart.OutputText("Hi", List.of(), scored), ItemStatus.COMPLETED));
        }

        @Test
        void haveASummaryOfThoughtsOnlyForThoseWhoAskForOne() {
            Turn turn = TurnPlay.of(responseTurn(SpecFixture.response()
                            .terms(terms().summarised().build())
                            .build()))
                    .answers(thinks("Hm.\n", "Yes."))
                    .turn();

            assertThat(TurnItems.output(turn).getFirst())
                    .isEqualTo(new Item.Thought(
                            ItemId.ofOutput("rs", TURN, 0, 0), List.of("Hm."), List.of("Hm.\n"), Optional.empty()));
        }

        @Test
        void areCompleteButForTheLastWhenALimitOrAFilterCutsIt() {
            Message.Assistant whole = inOrder(spoken("Let me see."), called(MEASURE));
            List<Item> cut = List.of(
                    message(0, 0, outputText("Let me see."), ItemStatus.COMPLETED),
                    new Item.Called(
                            ItemId.ofOutput("fc", TURN, 0, 1),
                            new CallForm.Function("measure", Optional.empty()),
                            MEASURE,
                            ItemStatus.INCOMPLETE));

            assertThat(TurnItems.output(play().answers(whole.endedBy(StopReason.OUT_OF_TOKENS))
                            .turn()))
                    .isEqualTo(cut);
            assertThat(TurnItems.output(
                            play().answers(whole.endedBy(StopReason.FILTERED)).turn()))
                    .isEqualTo(cut);
        }

        @Test
        void areIncompleteWhenTheyAreAllThereIs() {
            assertThat(TurnItems.output(play().answers(cutOff("Once upon a")).turn()))
                    .containsExactly(message(0, 0, outputText("Once upon a"), ItemStatus.INCOMPLETE));
            assertThat(TurnItems.output(play().answers(filtered("Once upon a")).turn()))
                    .containsExactly(message(0, 0, outputText("Once upon a"), ItemStatus.INCOMPLETE));
        }

        /** What came before was said whole. */
        @Test
        void areCompleteWhenWhatWasCutIsNotTold() {
            assertThat(TurnItems.output(
                            play().answers(cutOff("Let me see.", SEARCH)).turn()))
                    .containsExactly(message(0, 0, outputText("Let me see."), ItemStatus.COMPLETED));
        }

        /** The model stopped by itself; it is only not asked again. */
        @Test
        void areCompleteWhenTheTurnEndsBecauseItsTokensAreSpent() {
            Turn turn = TurnPlay.of(responseTurn(specWithTools()
                            .terms(terms().maxOutputTokens(20).build())
                            .build()))
                    .answers(MessageFixture.goesOn("Well,"), 20)
                    .turn();

            assertThat(turn.state()).isEqualTo(new TurnState.Completed(cutOff("Well,")));
            assertThat(TurnItems.output(turn))
                    .containsExactly(message(0, 0, outputText("Well,"), ItemStatus.COMPLETED));
        }
    }

    @Nested
    class OfTools {

        @Test
        void ofThisServerAreToldWithWhatCameOfThem() {
            Turn turn = play().calls(SEARCH).toolRuns("60").says("Sixty.").turn();

            assertThat(TurnItems.ofStep(turn, 0)).isEmpty();
            assertThat(TurnItems.output(turn))
                    .containsExactly(
                            hosted(1, SEARCH, "60"), message(2, 0, outputText("Sixty."), ItemStatus.COMPLETED));
        }

        @Test
        void ofThisServerThatDidNotRunAreNotTold() {
            assertThat(TurnItems.output(play().calls(SEARCH).breaks().turn())).isEmpty();
        }

        @Test
        void beyondTheLimitOfTheClientAreNotTold() {
            Turn turn = TurnPlay.of(responseTurn(specWithTools()
                            .terms(terms().maxToolCalls(1).build())
                            .build()))
                    .calls(SEARCH, LOOK_UP)
                    .toolRuns("60")
                    .toolRuns("Error: the limit is reached")
                    .says("Sixty.")
                    .turn();

            assertThat(TurnItems.output(turn))
                    .containsExactly(
                            hosted(1, SEARCH, "60"), message(3, 0, outputText("Sixty."), ItemStatus.COMPLETED));
        }

        @Test
        void thatNobodyOfferedAreNotTold() {
            Turn turn = play().calls(call("call_9", "made_up"))
                    .toolRuns("There is no such tool")
                    .says("Oh.")
                    .turn();

            assertThat(TurnItems.output(turn)).containsExactly(message(2, 0, outputText("Oh."), ItemStatus.COMPLETED));
            assertThat(TurnItems.isTold(turn.spec(), "made_up")).isFalse();
            assertThat(TurnItems.isTold(turn.spec(), "search")).isFalse();
            assertThat(TurnItems.isTold(turn.spec(), "measure")).isTrue();
        }

        @Test
        void ofTheClientEndWithTheCall() {
            Turn turn = play().calls(MEASURE, SEARCH).toolRuns("60").turn();

            assertThat(turn.state()).isInstanceOf(TurnState.Completed.class);
            assertThat(TurnItems.output(turn))
                    .containsExactly(calledItem("fc", 0, 0, MEASURE), hosted(1, SEARCH, "60"));
        }

        /** Other interfaces go on with the same turn; what they know of it is told as a client of this one would tell it. */
        @Test
        void ofTurnsOfTheAgentsApiAreFunctionsWithTheirAnswers() {
            Turn turn = SampleTools.play()
                    .calls(SEARCH, MEASURE, ASK)
                    .toolRuns("60")
                    .clientAnswers(ASKED, MEASURED)
                    .says("You are well.")
                    .turn();

            assertThat(TurnItems.output(turn))
                    .containsExactly(
                            calledItem("fc", 0, 0, SEARCH),
                            calledItem("fc", 0, 1, MEASURE),
                            calledItem("fc", 0, 2, ASK),
                            answered(1, 0, SEARCH.callId(), "60"),
                            answered(2, 0, ASK.callId(), "yes"),
                            answered(2, 1, MEASURE.callId(), "118/79"),
                            message(3, 0, outputText("You are well."), ItemStatus.COMPLETED));
        }

        @Test
        void whoseArgumentsNobodyCanReadAreToldWithTheirAnswer() {
            ToolCall unreadable = malformedCall("call_9", "measure", "{");
            Turn turn = SampleTools.play()
                    .calls(unreadable)
                    .toolRuns("That is not JSON")
                    .turn();

            assertThat(TurnItems.output(turn))
                    .containsExactly(calledItem("fc", 0, 0, unreadable), answered(1, 0, "call_9", "That is not JSON"));
        }

        @Test
        void thatTheClientReadOutOfTheTextHaveAnAnswerOnly() {
            Turn turn = SampleTools.play()
                    .says("Action: measure")
                    .clientAnswers(response(call("made-up", "measure"), "118/79"))
                    .turn();

            assertThat(TurnItems.ofStep(turn, 1)).containsExactly(answered(1, 0, "made-up", "118/79"));
        }

        @Test
        void haveIdsThatTellTheirForms() {
            assertThat(Arrays.stream(HostedKind.values())
                            .map(kind -> TurnItems.prefix(new CallForm.Hosted(kind, Optional.empty(), "t"))))
                    .containsExactly("fs", "ws", "mcp", "ci", "ig", "sh");
            assertThat(Stream.of(CallKind.LOCAL_SHELL, CallKind.SHELL, CallKind.APPLY_PATCH, CallKind.COMPUTER)
                            .map(kind -> TurnItems.prefix(new CallForm.ClientBuiltIn(kind))))
                    .containsExactly("lsh", "sh", "apc", "cu");
        }
    }

    @Test
    void aShieldThatObjectsRefuses() {
        Turn turn = TurnPlay.of(
                        responseTurn(specWithTools().outputShields("guard").build()))
                .says("Hello")
                .shieldsObject("I can't say that.")
                .turn();

        assertThat(TurnItems.output(turn))
                .containsExactly(
                        message(0, 0, outputText("Hello"), ItemStatus.COMPLETED),
                        message(1, 0, new ItemPart.Refused("I can't say that."), ItemStatus.COMPLETED));
    }

    @Test
    void whatItWasPutIntoStandsAtItsEnd() {
        Turn turn = TurnFixture.compactedResponse("They want to know all.");

        assertThat(TurnItems.output(turn))
                .containsExactly(
                        message(0, 0, outputText("It is a long story."), ItemStatus.COMPLETED),
                        new Item.Compacted(ItemId.ofOutput("cmp", TURN, 1, 0), "", "They want to know all."));
        assertThat(TurnItems.output(TurnFixture.compactedResponse(""))).hasSize(1);
    }

    /** Its readers know items of those places already. */
    @Test
    void whatWasLostLeavesItsPlacesEmpty() {
        Turn turn = TurnPlay.of(responseTurn(specWithTools().build()))
                .losesAStep()
                .says("Hello")
                .turn();

        assertThat(turn.steps().getFirst())
                .isInstanceOfSatisfying(
                        Step.Abandoned.class, lost -> assertThat(lost.kind()).isEqualTo(StepKind.INFERENCE));
        assertThat(TurnItems.output(turn)).containsExactly(message(1, 0, outputText("Hello"), ItemStatus.COMPLETED));
    }

    @Nested
    class OfAnAnswerThatBrokeOff {

        private final Passage thought = new Passage.Thought("Hm.");
        private final Passage spoken = Passage.Spoken.of("Hel");
        private final Passage ours = new Passage.Called(SEARCH);
        private final Passage theirs = new Passage.Called(MEASURE);

        @Test
        void theOpenOneIsCutOff() {
            TurnItems.Told told = told(Optional.of(spoken), thought);

            assertThat(told.finished())
                    .containsExactly(new Item.Thought(
                            ItemId.ofOutput("rs", TURN, 0, 0), List.of(), List.of("Hm."), Optional.empty()));
            assertThat(told.cutOff()).contains(message(0, 1, outputText("Hel"), ItemStatus.INCOMPLETE));
        }

        /** That it is done would have been told with what follows it. */
        @Test
        void aCallForTheClientThatNothingFollowedIsCutOffToo() {
            assertThat(told(Optional.empty(), theirs).cutOff())
                    .containsInstanceOf(Item.Called.class)
                    .map(item -> ((Item.Called) item).status())
                    .contains(ItemStatus.INCOMPLETE);
            assertThat(told(Optional.of(spoken), theirs).finished())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Item.Called.class, call -> assertThat(call.status()).isEqualTo(ItemStatus.COMPLETED));
        }

        /** It is told when it runs. */
        @Test
        void aCallForThisServerIsNotTold() {
            assertThat(told(Optional.of(ours), spoken))
                    .isEqualTo(told(Optional.empty(), spoken, ours))
                    .isEqualTo(new TurnItems.Told(
                            List.of(message(0, 0, outputText("Hel"), ItemStatus.COMPLETED)), Optional.empty()));
        }

        @Test
        void nobodyGoesOnAfterThem() {
            Turn turn = broken(Optional.of(spoken), thought);

            assertThat(TurnItems.output(turn)).isEmpty();
            assertThat(TurnItems.kept(turn)).isEqualTo(TurnItems.input(turn));
            assertThat(Prompt.of(List.of(turn), responseTurn(specWithTools().build())))
                    .noneMatch(Message.Assistant.class::isInstance);
        }

        private static TurnItems.Told told(Optional<Passage> open, Passage... whole) {
            return TurnItems.told(broken(open, whole));
        }

        private static Turn broken(Optional<Passage> open, Passage... whole) {
            return TurnPlay.of(responseTurn(specWithTools().build()))
                    .breaksAfter(new PartialAnswer(List.of(whole), open))
                    .turn();
        }
    }

    @Test
    void whatWasLookedUpAndShieldsThatPassAreNotTold() {
        Turn turn = TurnPlay.of(responseTurn(specWithTools()
                        .inputShields("guard")
                        .retrieveFrom("handbook")
                        .build()))
                .shieldsPass()
                .retrieves("Normal is 120/80.")
                .turn();

        assertThat(TurnItems.output(turn)).isEmpty();
    }

    @Nested
    class KeptInItsConversation {

        @Test
        void areAllOfATurnThatCameToAnEnd() {
            Turn answered = play(user("Hi")).says("Hello").turn();
            Turn cut = play(user("Hi")).answers(cutOff("Hel")).turn();
            Turn awaiting = SampleTools.play().calls(MEASURE).turn();

            assertThat(TurnItems.kept(answered))
                    .isEqualTo(TurnItems.of(answered))
                    .hasSize(2);
            assertThat(TurnItems.kept(cut)).isEqualTo(TurnItems.of(cut)).hasSize(2);
            assertThat(TurnItems.kept(awaiting))
                    .isEqualTo(TurnItems.of(awaiting))
                    .hasSize(2);
        }

        @Test
        void areOnlyWhatItWasGivenWhenItCameToNothing() {
            Turn failed = play(user("Hi")).calls(SEARCH).toolRuns("60").breaks().turn();
            Turn cancelled = play(user("Hi")).isCancelled().turn();

            assertThat(TurnItems.kept(failed)).containsExactly(user("Hi"));
            assertThat(TurnItems.kept(cancelled)).containsExactly(user("Hi"));
        }

        @Test
        void areNoneBeforeItRests() {
            assertThat(TurnItems.kept(play(user("Hi")).turn())).isEmpty();
            assertThat(TurnItems.kept(TurnFixture.queued(SpecFixture.response().build(), user("Hi"))))
                    .isEmpty();
        }
    }

    @Test
    void aTurnThatWasAskedToCompactTellsThatAlone() {
        Turn turn =
                play(user("Hi"), compactionTrigger()).compacts("They said hi.").turn();

        assertThat(TurnItems.output(turn))
                .containsExactly(new Item.Compacted(ItemId.ofOutput("cmp", TURN, 0, 0), "", "They said hi."));
        assertThat(TurnItems.kept(turn))
                .hasExactlyElementsOfTypes(Item.Said.class, Item.CompactionTrigger.class, Item.Compacted.class);
    }

    @Test
    void theFixtureForOtherModulesHasEveryKindOfItemThatAResponseTells() {
        assertThat(TurnItems.of(TurnFixture.responseWithEveryKindOfItem()))
                .extracting(Item::getClass)
                .extracting(Class::getSimpleName)
                .containsExactly("Said", "Said", "Thought", "Said", "Hosted", "Thought", "Said", "Thought", "Called");
    }

    private static TurnPlay play(Item... input) {
        return TurnPlay.of(responseTurn(specWithTools().build(), input));
    }

    private static SpecFixture specWithTools() {
        return SpecFixture.response()
                .tools(clientTool("measure"), customTool("ask"), hostedTool("search"), hostedTool("look_up"));
    }

    private static ItemPart outputText(String text) {
        return new ItemPart.OutputText(text, List.of(), NONE);
    }

    private static Item message(int step, int ordinal, ItemPart part, ItemStatus status) {
        return new Item.Said(
                ItemId.ofOutput("msg", TURN, step, ordinal), Role.ASSISTANT, List.of(part), status, Optional.empty());
    }

    private static Item thoughtItem(String prefix, int step, int ordinal, String text) {
        return new Item.Thought(
                ItemId.ofOutput(prefix, TURN, step, ordinal), List.of(), List.of(text), Optional.empty());
    }

    private static Item calledItem(String prefix, int step, int ordinal, ToolCall call) {
        return new Item.Called(
                ItemId.ofOutput(prefix, TURN, step, ordinal),
                new CallForm.Function(call.toolName(), Optional.empty()),
                call,
                ItemStatus.COMPLETED);
    }

    private static Item hosted(int step, ToolCall call, String result) {
        return Item.Hosted.unasked(
                ItemId.ofOutput("ws", TURN, step, 0),
                WEB,
                call,
                Optional.of(ToolResponse.text(call, result)),
                ItemStatus.COMPLETED);
    }

    private static Item answered(int step, int ordinal, String callId, String text) {
        return new Item.Answered(
                ItemId.ofOutput("fco", TURN, step, ordinal),
                CallKind.FUNCTION,
                callId,
                new CallOutput.Text(text),
                ItemStatus.COMPLETED);
    }
}
