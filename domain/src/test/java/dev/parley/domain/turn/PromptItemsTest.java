package dev.parley.domain.turn;

import static dev.parley.domain.item.ItemFixture.answered;
import static dev.parley.domain.item.ItemFixture.answeredShell;
import static dev.parley.domain.item.ItemFixture.assistant;
import static dev.parley.domain.item.ItemFixture.called;
import static dev.parley.domain.item.ItemFixture.calledShell;
import static dev.parley.domain.item.ItemFixture.compacted;
import static dev.parley.domain.item.ItemFixture.compactionTrigger;
import static dev.parley.domain.item.ItemFixture.developer;
import static dev.parley.domain.item.ItemFixture.file;
import static dev.parley.domain.item.ItemFixture.opaque;
import static dev.parley.domain.item.ItemFixture.outputText;
import static dev.parley.domain.item.ItemFixture.said;
import static dev.parley.domain.item.ItemFixture.searched;
import static dev.parley.domain.item.ItemFixture.searching;
import static dev.parley.domain.item.ItemFixture.thought;
import static dev.parley.domain.item.ItemFixture.user;
import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.image;
import static dev.parley.domain.message.MessageFixture.inOrder;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.message.MessageFixture.spoken;
import static dev.parley.domain.message.MessageFixture.thinks;
import static dev.parley.domain.turn.PromptFixture.answer;
import static dev.parley.domain.turn.PromptFixture.inWords;
import static dev.parley.domain.turn.PromptFixture.parts;
import static dev.parley.domain.turn.PromptFixture.text;
import static dev.parley.domain.turn.PromptFixture.unanswered;
import static dev.parley.domain.turn.SampleTools.ASK;
import static dev.parley.domain.turn.SampleTools.LOOK_UP;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.TermsFixture.terms;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemFixture;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageFixture;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.ToolFixture;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Items as a model is shown them (responses-api 10.1), case by case. */
class PromptItemsTest {

    @Nested
    class Instructions {

        @Test
        void andWhatTheDeveloperSaysAtTheStartAreOneMessage() {
            Turn turn = TurnFixture.responseTurn(
                    spec().instructions("Be brief.").build(),
                    developer("Answer in English."),
                    said(Role.SYSTEM, new ItemPart.InputText("Be kind.")),
                    user("Hi"));

            assertThat(Prompt.of(List.of(), turn))
                    .containsExactly(
                            new Message.System("Be brief.\n\nAnswer in English.\n\nBe kind."), Message.User.of("Hi"));
        }

        @Test
        void mayComeFromTheDeveloperAlone() {
            assertThat(shown(developer("Answer in English."), user("Hi")))
                    .containsExactly(new Message.System("Answer in English."), Message.User.of("Hi"));
        }

        /** Many models take one system message, and only at the start. */
        @Test
        void thatComeLaterAreToldByTheUser() {
            assertThat(shown(user("Hi"), assistant("Hello"), developer("Now in French."), user("Bye")))
                    .containsExactly(
                            Message.User.of("Hi"),
                            says("Hello"),
                            Message.User.of("[Instruction of the application's developer]\nNow in French."),
                            Message.User.of("Bye"));
        }

        @Test
        void thatSayNothingAreNoMessage() {
            assertThat(shown(developer(""), user("Hi"))).containsExactly(Message.User.of("Hi"));
        }

        /** Those of the turn itself stand before what was said in earlier turns. */
        @Test
        void ofTheDeveloperInTheFirstTurnStay() {
            Turn first = play(developer("Answer in English."), user("Hi"))
                    .says("Hello")
                    .turn();
            Turn second =
                    TurnFixture.responseTurn(spec().instructions("Be brief.").build(), user("Bye"));

            assertThat(Prompt.of(List.of(first), second))
                    .containsExactly(
                            new Message.System("Be brief.\n\nAnswer in English."),
                            Message.User.of("Hi"),
                            says("Hello"),
                            Message.User.of("Bye"));
        }
    }

    @Nested
    class WhatAModelSaidInOneGo {

        @Test
        void isOneMessageWithItsWordsAndItsCalls() {
            assertThat(shown(
                            user("How am I?"),
                            assistant("Let me see."),
                            called(MEASURE),
                            called(ASK),
                            answered(MEASURE, "118/79"),
                            answered(ASK, "yes")))
                    .containsExactly(
                            Message.User.of("How am I?"),
                            inOrder(spoken("Let me see."), MessageFixture.called(MEASURE), MessageFixture.called(ASK)),
                            answer(MEASURE, "118/79"),
                            answer(ASK, "yes"));
        }

        /** Otherwise the first call would be shown as one that nobody ever answered. */
        @Test
        void isOneMessageAlsoWhenItSpeaksAndThinksBetweenItsCalls() {
            assertThat(shown(
                            user("How am I?"),
                            called(MEASURE),
                            assistant("And then:"),
                            thought("Hm."),
                            called(ASK),
                            answered(MEASURE, "118/79"),
                            answered(ASK, "yes")))
                    .containsExactly(
                            Message.User.of("How am I?"),
                            inOrder(
                                    MessageFixture.called(MEASURE),
                                    spoken("And then:"),
                                    MessageFixture.thought("Hm."),
                                    MessageFixture.called(ASK)),
                            answer(MEASURE, "118/79"),
                            answer(ASK, "yes"));
        }

        @Test
        void endsWithTheAnswers() {
            assertThat(shown(
                            user("How am I?"),
                            called(MEASURE),
                            answered(MEASURE, "118/79"),
                            called(ASK),
                            answered(ASK, "yes"),
                            assistant("Fine.")))
                    .containsExactly(
                            Message.User.of("How am I?"),
                            calls(MEASURE),
                            answer(MEASURE, "118/79"),
                            calls(ASK),
                            answer(ASK, "yes"),
                            says("Fine."));
        }

        @Test
        void isTwoParagraphsWhereItWasTwoMessages() {
            assertThat(shown(user("Hi"), assistant("Hello."), assistant("How are you?")))
                    .containsExactly(Message.User.of("Hi"), says("Hello.\n\nHow are you?"));
        }

        @Test
        void isAsLongAsItsParts() {
            Item said = said(
                    Role.ASSISTANT,
                    outputText("Hel"),
                    outputText("lo."),
                    ItemFixture.image("https://example.org/a.png"),
                    new ItemPart.Refused("Not that."));

            assertThat(shown(user("Hi"), said))
                    .containsExactly(
                            Message.User.of("Hi"), inOrder(spoken("Hello."), new Passage.Refused("Not that.")));
        }

        @Test
        void isNothingWhereItIsEmpty() {
            assertThat(shown(user("Hi"), assistant(""), said(Role.ASSISTANT), user("So?")))
                    .containsExactly(Message.User.of("Hi"), Message.User.of("So?"));
        }

        @Test
        void isNothingWhereNoModelHasWordsForIt() {
            assertThat(shown(user("Hi"), opaque("mcp_list_tools"), called(MEASURE), opaque("x"), called(ASK)))
                    .containsExactly(Message.User.of("Hi"), calls(MEASURE, ASK), unanswered(MEASURE), unanswered(ASK));
        }
    }

    @Nested
    class CallsThatThisServerRan {

        @Test
        void areCallsWithTheirAnswers() {
            assertThat(shown(user("My pulse?"), searched(SEARCH, "60"), searched(LOOK_UP, "70"), assistant("Sixty.")))
                    .containsExactly(
                            Message.User.of("My pulse?"),
                            calls(SEARCH),
                            answer(SEARCH, "60"),
                            calls(LOOK_UP),
                            answer(LOOK_UP, "70"),
                            says("Sixty."));
        }

        /** The client's answer comes in its next turn, and would come too late for a message of its own. */
        @Test
        void areOfOneMessageWithCallsForTheClient() {
            assertThat(shown(
                            user("How am I?"),
                            called(MEASURE),
                            searched(SEARCH, "60"),
                            searched(LOOK_UP, "70"),
                            answered(MEASURE, "118/79")))
                    .containsExactly(
                            Message.User.of("How am I?"),
                            calls(MEASURE, SEARCH, LOOK_UP),
                            answer(MEASURE, "118/79"),
                            answer(SEARCH, "60"),
                            answer(LOOK_UP, "70"));
        }

        @Test
        void areOverWhenTheModelSpeaksAgain() {
            assertThat(shown(user("Hi"), called(MEASURE), searched(SEARCH, "60"), assistant("Sixty.")))
                    .containsExactly(
                            Message.User.of("Hi"),
                            calls(MEASURE, SEARCH),
                            unanswered(MEASURE),
                            answer(SEARCH, "60"),
                            says("Sixty."));
        }

        @Test
        void areSkippedWithoutWhatCameOfThem() {
            assertThat(shown(user("My pulse?"), searching(SEARCH, Optional.empty()), assistant("Sixty.")))
                    .containsExactly(Message.User.of("My pulse?"), says("Sixty."));
        }

        @Test
        void areOtherCallsWhenTheirIdComesAgain() {
            assertThat(shown(user("My pulse?"), searched(SEARCH, "60"), searched(SEARCH, "70")))
                    .containsExactly(
                            Message.User.of("My pulse?"),
                            calls(SEARCH),
                            answer(SEARCH, "60"),
                            calls(SEARCH),
                            answer(SEARCH, "70"));
        }
    }

    /** The results of these come as items of their own; else they are as all that this server has run. */
    @Nested
    class CallsOfTheShellOfThisServer {

        @Test
        void areCallsWithTheirAnswers() {
            assertThat(shown(
                            user("What is here?"),
                            calledShell(SEARCH),
                            answeredShell(SEARCH, "{}"),
                            calledShell(LOOK_UP),
                            answeredShell(LOOK_UP, "{1}"),
                            assistant("Nothing.")))
                    .containsExactly(
                            Message.User.of("What is here?"),
                            calls(SEARCH),
                            answer(SEARCH, "{}"),
                            calls(LOOK_UP),
                            answer(LOOK_UP, "{1}"),
                            says("Nothing."));
        }

        @Test
        void areOfOneMessageWithCallsForTheClient() {
            assertThat(shown(
                            called(MEASURE),
                            calledShell(SEARCH),
                            answeredShell(SEARCH, "{}"),
                            calledShell(LOOK_UP),
                            answeredShell(LOOK_UP, "{1}"),
                            searched(ASK, "60"),
                            answered(MEASURE, "118/79")))
                    .containsExactly(
                            calls(MEASURE, SEARCH, LOOK_UP, ASK),
                            answer(MEASURE, "118/79"),
                            answer(SEARCH, "{}"),
                            answer(LOOK_UP, "{1}"),
                            answer(ASK, "60"));
        }

        @Test
        void areShownWithoutWhatCameOfThem() {
            assertThat(shown(calledShell(SEARCH), user("So?")))
                    .containsExactly(calls(SEARCH), unanswered(SEARCH), Message.User.of("So?"));
        }

        @Test
        void areAnsweredOnce() {
            assertThat(shown(
                            called(MEASURE),
                            calledShell(SEARCH),
                            answeredShell(SEARCH, "{}"),
                            answeredShell(SEARCH, "{1}"),
                            answered(MEASURE, "118/79")))
                    .containsExactly(
                            calls(MEASURE, SEARCH),
                            answer(MEASURE, "118/79"),
                            answer(SEARCH, "{}"),
                            inWords(SEARCH.callId(), "{1}"));
        }
    }

    @Nested
    class Answers {

        @Test
        void maySayMoreThanText() {
            CallForm form = new CallForm.ClientBuiltIn(CallKind.COMPUTER);
            List<ItemPart> screenshot =
                    List.of(new ItemPart.InputText("Done."), ItemFixture.image("data:image/png;base64,iVBORw0K"));

            assertThat(shown(
                            called(form, MEASURE),
                            called(ASK),
                            answered(form, MEASURE, new CallOutput.Parts(screenshot)),
                            answered(form, ASK, new CallOutput.Members(new JsonText("{\"stdout\":\"yes\"}")))))
                    .containsExactly(
                            calls(MEASURE, ASK),
                            new Message.Tool(
                                    MEASURE.callId(),
                                    new Content.Parts(List.of(text("Done."), image("data:image/png;base64,iVBORw0K")))),
                            answer(ASK, "{\"stdout\":\"yes\"}"));
        }

        @Test
        void withoutACallAreToldInWords() {
            assertThat(shown(answered(MEASURE, "118/79"))).containsExactly(inWords(MEASURE.callId(), "118/79"));
        }

        @Test
        void ofTheNextTurnBelongToTheCallsOfTheLast() {
            Turn first = play(user("How am I?"))
                    .calls(MEASURE, SEARCH)
                    .toolRuns("60")
                    .turn();
            Turn second = response(answered(MEASURE, "118/79"));
            List<Message> shown = List.of(
                    Message.User.of("How am I?"),
                    calls(MEASURE, SEARCH),
                    answer(MEASURE, "118/79"),
                    answer(SEARCH, "60"));

            assertThat(Prompt.of(List.of(first), second)).isEqualTo(shown);
            assertThat(Prompt.ofItems(TurnItems.of(first), second)).isEqualTo(shown);
        }
    }

    @Nested
    class Thoughts {

        @Test
        void areShownInTheToolLoopThatTheyBelongTo() {
            Turn first = play(user("One?")).answers(thinks("Hm.", "One.")).turn();
            Turn second =
                    play(user("Two?")).answers(thinks("Aha.", "", MEASURE)).turn();
            Turn third = response(answered(MEASURE, "118/79"));
            List<Message> shown = List.of(
                    Message.User.of("One?"),
                    says("One."),
                    Message.User.of("Two?"),
                    thinks("Aha.", "", MEASURE),
                    answer(MEASURE, "118/79"));

            assertThat(Prompt.of(List.of(first, second), third)).isEqualTo(shown);
            assertThat(Prompt.ofItems(itemsOf(first, second), third)).isEqualTo(shown);
        }

        @Test
        void ofAllTurnsAreShownToClientsThatWantThat() {
            Turn first = play(user("One?")).answers(thinks("Hm.", "One.")).turn();
            Turn second = TurnFixture.responseTurn(
                    spec().terms(terms().thoughtsOfAllTurns().build()).build(), user("Two?"));
            List<Message> shown = List.of(Message.User.of("One?"), thinks("Hm.", "One."), Message.User.of("Two?"));

            assertThat(Prompt.of(List.of(first), second)).isEqualTo(shown);
            assertThat(Prompt.ofItems(itemsOf(first), second)).isEqualTo(shown);
        }

        @Test
        void ofOneGoAreOneThought() {
            assertThat(shown(user("Hi"), thought("Hm."), thought("Aha."), assistant("Hello")))
                    .containsExactly(Message.User.of("Hi"), thinks("Hm.\nAha.", "Hello"));
        }

        @Test
        void thatAreSealedSayNothing() {
            Item sealed =
                    new Item.Thought(thought("Hm.").id(), List.of("I thought."), List.of(), Optional.of("sealed"));

            assertThat(shown(user("Hi"), sealed, assistant("Hello")))
                    .containsExactly(Message.User.of("Hi"), says("Hello"));
        }
    }

    @Nested
    class ASummary {

        private final Message told = new Message.System("[Summary of the conversation so far]\nThey said hi.");

        @Test
        void standsForAllBeforeItInOneInput() {
            assertThat(shown(
                            developer("Be kind."),
                            user("Hi"),
                            called(MEASURE),
                            searched(SEARCH, "60"),
                            compacted("They said hi."),
                            user("Bye")))
                    .containsExactly(told, Message.User.of("Bye"));
        }

        @Test
        void standsForAllTheTurnsBeforeIt() {
            Turn first = play(user("Hi")).says("Hello").turn();
            Turn second =
                    play(compacted("They said hi."), user("So?")).says("Fine.").turn();
            Turn third = response(user("Bye"));
            List<Message> shown = List.of(told, Message.User.of("So?"), says("Fine."), Message.User.of("Bye"));

            assertThat(Prompt.of(List.of(first, second), third)).isEqualTo(shown);
            assertThat(Prompt.ofItems(itemsOf(first, second), third)).isEqualTo(shown);
        }

        @Test
        void isMadeByATurnThatHasBecomeLong() {
            Turn tooLong = TurnFixture.compactedResponse("They said hi.");
            List<Message> shown = List.of(told, Message.User.of("Bye"));

            assertThat(Prompt.of(List.of(tooLong), response(user("Bye")))).isEqualTo(shown);
            assertThat(Prompt.ofItems(itemsOf(tooLong), response(user("Bye")))).isEqualTo(shown);
        }

        /** It could not be made, or can't be read; then it stands for nothing. */
        @Test
        void thatIsEmptyChangesNothing() {
            assertThat(shown(user("Hi"), assistant("Hello"), compacted(""), user("Bye")))
                    .containsExactly(Message.User.of("Hi"), says("Hello"), Message.User.of("Bye"));
            assertThat(Prompt.of(List.of(TurnFixture.compactedResponse("")), response(user("Bye"))))
                    .containsExactly(
                            Message.User.of("Tell me all."), says("It is a long story."), Message.User.of("Bye"));
        }

        @Test
        void isMadeByATurnThatWasAskedForIt() {
            Turn asked = play(user("Hi"), compactionTrigger())
                    .compacts("They said hi.")
                    .turn();
            List<Message> shown = List.of(told, Message.User.of("Bye"));

            assertThat(Prompt.of(List.of(asked), response(user("Bye")))).isEqualTo(shown);
            assertThat(Prompt.ofItems(itemsOf(asked), response(user("Bye")))).isEqualTo(shown);
        }

        @Test
        void leavesTheInstructions() {
            Turn turn = TurnFixture.responseTurn(
                    spec().instructions("Be brief.").build(), compacted("They said hi."), user("Bye"));

            assertThat(Prompt.of(List.of(), turn))
                    .containsExactly(
                            new Message.System("Be brief.\n\n[Summary of the conversation so far]\nThey said hi."),
                            Message.User.of("Bye"));
        }
    }

    @Nested
    class Parts {

        @Test
        void ofTextAreLines() {
            assertThat(shown(said(Role.USER, new ItemPart.InputText("One"), new ItemPart.InputText("Two"))))
                    .containsExactly(Message.User.of("One\nTwo"));
        }

        @Test
        void thatArePicturesStayWhereTheyWere() {
            assertThat(shown(said(
                            Role.USER,
                            new ItemPart.InputText("What is"),
                            ItemFixture.image("https://example.org/a.png"),
                            new ItemPart.InputText("this?"))))
                    .containsExactly(parts(text("What is"), image("https://example.org/a.png"), text("this?")));
        }

        @Test
        void thatArePicturesWithoutAnAddressAreNamed() {
            ItemPart picture = new ItemPart.InputImage(Optional.empty(), Optional.of("file-1"), Optional.empty());

            assertThat(shown(said(Role.USER, picture))).containsExactly(Message.User.of("[image file-1]"));
        }

        @Test
        void thatAreFilesAreTheirText() {
            String base64 = Base64.getEncoder().encodeToString("Grüße\n".getBytes(UTF_8));

            assertThat(shown(said(Role.USER, file("letter.txt", base64))))
                    .containsExactly(Message.User.of("[File letter.txt]\nGrüße\n"));
            assertThat(shown(said(Role.USER, file("letter.txt", "data:text/plain;base64," + base64))))
                    .containsExactly(Message.User.of("[File letter.txt]\nGrüße\n"));
        }

        @Test
        void thatAreFilesWithLineBreaksInThemAreTheirText() {
            String base64 =
                    Base64.getMimeEncoder().encodeToString("word ".repeat(40).getBytes(UTF_8));

            assertThat(shown(said(Role.USER, file("long.txt", base64))))
                    .containsExactly(Message.User.of("[File long.txt]\n" + "word ".repeat(40)));
        }

        /** One broken file must not make all turns that come after it fail. */
        @Test
        void thatNobodyCanReadAreNamed() {
            assertThat(shown(said(Role.USER, file("broken.txt", "abcde"))))
                    .containsExactly(Message.User.of("[File broken.txt]\n(its content can't be read)"));
        }

        @Test
        void thatAreFilesElsewhereAreNamed() {
            ItemPart elsewhere = new ItemPart.InputFile(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("https://example.org/a.txt"),
                    Optional.empty());

            assertThat(shown(said(Role.USER, elsewhere)))
                    .containsExactly(Message.User.of("[File https://example.org/a.txt]\n"));
        }
    }

    @Nested
    class Chains {

        @Test
        void goFromTheAgentsApiToResponses() {
            Turn agents = PromptFixture.play("How am I?")
                    .answers(thinks("A value is missing.", "Let me see.", MEASURE))
                    .turn();
            Turn response = response(answered(MEASURE, "118/79"), user("So?"));

            assertThat(Prompt.of(List.of(agents), response))
                    .containsExactly(
                            Message.User.of("How am I?"),
                            thinks("A value is missing.", "Let me see.", MEASURE)
                                    .withoutReasoning(),
                            answer(MEASURE, "118/79"),
                            Message.User.of("So?"));
        }

        @Test
        void goFromResponsesToTheAgentsApi() {
            Turn response = play(developer("Be kind."), user("My pulse?"))
                    .calls(SEARCH)
                    .toolRuns("60")
                    .answers(thinks("Easy.", "Sixty."))
                    .turn();

            assertThat(Prompt.of(List.of(response), PromptFixture.asking("Thanks")))
                    .containsExactly(
                            new Message.System("Be kind."),
                            Message.User.of("My pulse?"),
                            calls(SEARCH),
                            answer(SEARCH, "60"),
                            says("Sixty."),
                            Message.User.of("Thanks"));
        }

        /** The client has named the turn to go on from, and its next one says nothing of this again. */
        @Test
        void rememberWhatAResponseWasGivenThatBrokeAtOnce() {
            Turn first = play(user("How am I?")).calls(MEASURE).turn();
            Turn broken =
                    TurnPlay.of(response(answered(MEASURE, "118/79"))).breaks().turn();
            Turn cancelled = TurnPlay.of(TurnFixture.queued(spec().build(), user("Well?")))
                    .isCancelled()
                    .turn();

            assertThat(Prompt.of(List.of(first, broken, cancelled), response(user("So?"))))
                    .containsExactly(
                            Message.User.of("How am I?"),
                            calls(MEASURE),
                            answer(MEASURE, "118/79"),
                            Message.User.of("Well?"),
                            Message.User.of("So?"));
        }

        @Test
        void keepTheOrderOfInterleavedAnswers() {
            Message.Assistant interleaved = inOrder(
                    MessageFixture.thought("Hm."),
                    spoken("Let me "),
                    MessageFixture.thought("Aha."),
                    spoken("see."),
                    MessageFixture.called(SEARCH));
            Turn turn =
                    play(user("My pulse?")).answers(interleaved).toolRuns("60").turn();

            assertThat(Prompt.of(List.of(), turn))
                    .containsExactly(Message.User.of("My pulse?"), interleaved, answer(SEARCH, "60"));
        }

        @Test
        void haveWhatWasLookedUpBehindTheItems() {
            Turn turn = TurnPlay.of(TurnFixture.responseTurn(
                            spec().retrieveFrom("handbook").build(), user("Hi")))
                    .retrieves("Normal is 120/80.")
                    .turn();

            assertThat(Prompt.of(List.of(), turn))
                    .containsExactly(Message.User.of("Hi"), parts(text("Normal is 120/80.")));
        }
    }

    private static List<Message> shown(Item... items) {
        Turn turn = response(items);
        List<Message> shown = Prompt.of(List.of(), turn);
        assertThat(Prompt.ofItems(List.of(items), response()))
                .as("as items of a conversation")
                .isEqualTo(shown);
        return shown;
    }

    private static List<Item> itemsOf(Turn... turns) {
        return List.of(turns).stream()
                .flatMap(turn -> TurnItems.of(turn).stream())
                .toList();
    }

    private static Turn response(Item... items) {
        return TurnFixture.responseTurn(spec().build(), items);
    }

    private static TurnPlay play(Item... items) {
        return TurnPlay.of(response(items));
    }

    private static SpecFixture spec() {
        return SpecFixture.response()
                .tools(
                        ToolFixture.clientTool("measure"),
                        ToolFixture.clientTool("ask"),
                        ToolFixture.hostedTool("search"),
                        ToolFixture.hostedTool("look_up"));
    }
}
