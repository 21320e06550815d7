package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.cutOff;
import static dev.parley.domain.message.MessageFixture.image;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.message.MessageFixture.thinks;
import static dev.parley.domain.message.MessageFixture.user;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.tool.ToolFixture.serverTool;
import static dev.parley.domain.turn.TurnFixture.TURN;
import static dev.parley.domain.turn.TurnFixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.ToolCall;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConversationTest {

    private static final ToolCall SEARCH = call("call_1", "search");
    private static final ToolCall MEASURE = call("call_2", "measure");
    private static final ToolCall ASK = call("call_3", "ask");
    private static final Part PICTURE = image("https://example.org/a.png");

    @Nested
    class WhatItIsMadeOf {

        @Test
        void theInstructionsComeFirst() {
            Turn before = played("What is up?").says("Nothing.").turn();
            Turn now = turn(TURN, withTools().instructions("Be brief.").build(), Message.User.of("Really?"));

            assertThat(Conversation.of(List.of(before), now))
                    .containsExactly(
                            new Message.System("Be brief."),
                            Message.User.of("What is up?"),
                            says("Nothing."),
                            Message.User.of("Really?"));
        }

        @Test
        void withoutInstructionsThereIsNoSystemMessage() {
            assertThat(Conversation.of(List.of(), now("Hi"))).containsExactly(Message.User.of("Hi"));
        }

        @Test
        void theInstructionsOfEarlierTurnsAreGone() {
            Turn before = TurnPlay.of(
                            turn(withTools().instructions("Be verbose.").build()))
                    .says("Hello, hello.")
                    .turn();

            assertThat(Conversation.of(List.of(before), now("Hi"))).noneMatch(Message.System.class::isInstance);
        }

        @Test
        void everyStepIsThereAsTheModelSawIt() {
            Turn turn = played("How am I?")
                    .calls(SEARCH, MEASURE)
                    .toolRuns("Measure it.")
                    .clientAnswers(response(MEASURE, "118/79"))
                    .turn();

            assertThat(Conversation.of(List.of(), turn))
                    .containsExactly(
                            Message.User.of("How am I?"),
                            calls(SEARCH, MEASURE),
                            answer(SEARCH, "Measure it."),
                            answer(MEASURE, "118/79"));
        }

        @Test
        void reasoningBelongsToItsOwnTurn() {
            Turn before = played("One?").answers(thinks("Hm.", "One.")).turn();
            Turn now = played("Two?").answers(thinks("Aha.", "", SEARCH)).turn();

            assertThat(Conversation.of(List.of(before), now))
                    .containsExactly(
                            Message.User.of("One?"),
                            says("One."),
                            Message.User.of("Two?"),
                            thinks("Aha.", "", SEARCH),
                            unanswered(SEARCH));
        }

        @Test
        void aRefusalIsWhatTheModelSaid() {
            Turn refused = TurnPlay.of(turn(withTools().inputShields("guard").build()))
                    .shieldsObject("I can't answer that.")
                    .turn();

            assertThat(Conversation.of(List.of(refused), now("Sorry.")))
                    .containsExactly(Message.User.of("Hi"), says("I can't answer that."), Message.User.of("Sorry."));
        }

        @Test
        void aRefusedAnswerStaysAndIsFollowedByTheRefusal() {
            Turn refused = TurnPlay.of(turn(withTools().outputShields("guard").build()))
                    .calls(MEASURE)
                    .shieldsObject("I can't do that.")
                    .turn();

            assertThat(Conversation.of(List.of(refused), now("Sorry.")))
                    .containsExactly(
                            Message.User.of("Hi"),
                            calls(MEASURE),
                            unanswered(MEASURE),
                            says("I can't do that."),
                            Message.User.of("Sorry."));
        }
    }

    @Nested
    class WhatStandsBesideTheUsersWords {

        private static final Document LETTER = new Document(Content.of("A letter."), "text/plain");

        @Test
        void contextIsForItsTurnOnly() {
            Turn turn = turn(TURN, withTools().build(), user("Hi", "The user is 40."));

            assertThat(Conversation.of(List.of(), turn)).containsExactly(parts(text("Hi"), text("The user is 40.")));
            assertThat(Conversation.of(List.of(turn), now("And now?")))
                    .containsExactly(Message.User.of("Hi"), Message.User.of("And now?"));
        }

        @Test
        void documentsStandBesideTheLastUserMessageForGood() {
            Turn turn = turn(
                    TURN,
                    withTools().build(),
                    List.of(Message.User.of("One"), Message.User.of("Two"), new Message.Tool("x", Content.of("y"))),
                    List.of(LETTER, new Document(Content.of("Another."), "text/plain")));
            List<Message> shown = List.of(
                    Message.User.of("One"), parts(text("Two"), text("A letter."), text("Another.")), inWords("x", "y"));

            assertThat(Conversation.of(List.of(), turn)).isEqualTo(shown);
            assertThat(Conversation.of(List.of(turn), now("And?")))
                    .startsWith(shown.toArray(Message[]::new))
                    .endsWith(Message.User.of("And?"));
        }

        @Test
        void whatWasLookedUpFollowsContextAndDocuments() {
            TurnSpec spec = withTools().retrieveFrom("handbook").build();
            Turn turn = TurnPlay.of(turn(TURN, spec, List.of(user("Hi", "The user is 40.")), List.of(LETTER)))
                    .retrieves("Normal is 120/80.")
                    .turn();

            assertThat(Conversation.of(List.of(), turn))
                    .containsExactly(
                            parts(text("Hi"), text("The user is 40."), text("A letter."), text("Normal is 120/80.")));
        }

        @Test
        void withoutAUserMessageTheMaterialIsOne() {
            Turn before = played("How am I?").calls(MEASURE).turn();
            Turn turn = turn(
                    TURN,
                    withTools().build(),
                    List.of(new Message.Tool(MEASURE.callId(), Content.of("118/79"))),
                    List.of(LETTER));

            assertThat(Conversation.of(List.of(before), turn))
                    .containsExactly(
                            Message.User.of("How am I?"),
                            calls(MEASURE),
                            answer(MEASURE, "118/79"),
                            parts(text("A letter.")));
        }

        @Test
        void imagesStayWhereTheyWere() {
            Content drawn = new Content.Parts(List.of(text("What is"), PICTURE, text("this?")));
            Turn turn = turn(
                    TURN,
                    withTools().build(),
                    List.of(new Message.User(drawn, Optional.empty())),
                    List.of(new Document(new Content.Single(PICTURE), "image/png")));

            assertThat(Conversation.of(List.of(), turn))
                    .containsExactly(parts(text("What is"), PICTURE, text("this?"), PICTURE));
        }

        static Stream<Content> shapes() {
            return Stream.of(
                    Content.of("Hi"),
                    Content.EMPTY,
                    new Content.Single(text("Hi")),
                    new Content.Parts(List.of(text("Hi"))),
                    new Content.Parts(List.of()));
        }

        @ParameterizedTest
        @MethodSource("shapes")
        void contentKeepsItsShapeWhenNothingIsAdded(Content content) {
            Message.User message = new Message.User(content, Optional.empty());

            assertThat(Conversation.of(List.of(), turn(TURN, withTools().build(), message)))
                    .containsExactly(message);
        }
    }

    @Nested
    class CallsAndTheirAnswers {

        @Test
        void callsThatALimitLeftOpenHaveAStandIn() {
            Turn limited = TurnPlay.of(turn(withTools().maxInferenceSteps(1).build()))
                    .calls(SEARCH, MEASURE)
                    .turn();
            Turn cut = played("Again").answers(cutOff("", ASK)).turn();

            assertThat(Conversation.of(List.of(limited, cut), now("So?")))
                    .containsExactly(
                            Message.User.of("Hi"),
                            calls(SEARCH, MEASURE),
                            unanswered(SEARCH),
                            unanswered(MEASURE),
                            Message.User.of("Again"),
                            cutOff("", ASK),
                            unanswered(ASK),
                            Message.User.of("So?"));
        }

        @Test
        void callsOfATurnThatItsClientLeftHaveAStandIn() {
            Turn left = played("How am I?")
                    .calls(SEARCH, MEASURE)
                    .toolRuns("Measure it.")
                    .turn();

            assertThat(Conversation.of(List.of(left), now("Forget it.")))
                    .containsExactly(
                            Message.User.of("How am I?"),
                            calls(SEARCH, MEASURE),
                            answer(SEARCH, "Measure it."),
                            unanswered(MEASURE),
                            Message.User.of("Forget it."));
        }

        @Test
        void aNewTurnMayAnswerTheCallsThatWereLeft() {
            Turn left = played("How am I?").calls(MEASURE, ASK).turn();
            Turn now = turn(
                    TURN,
                    withTools().build(),
                    Message.User.of("Here you are."),
                    new Message.Tool(ASK.callId(), Content.of("yes")),
                    new Message.Tool(MEASURE.callId(), Content.of("118/79")));

            assertThat(Conversation.of(List.of(left), now))
                    .containsExactly(
                            Message.User.of("How am I?"),
                            calls(MEASURE, ASK),
                            answer(MEASURE, "118/79"),
                            answer(ASK, "yes"),
                            Message.User.of("Here you are."));
        }

        @Test
        void anAnswerToALeftCallStaysWhenTheModelUsesTheIdAgain() {
            Turn left = played("How am I?").calls(call("call_0", "measure")).turn();
            Turn now = TurnPlay.of(turn(
                            TURN,
                            withTools().build(),
                            new Message.Tool("call_0", Content.of("118/79")),
                            Message.User.of("And my pulse?")))
                    .calls(call("call_0", "search"))
                    .toolRuns("60")
                    .turn();

            assertThat(Conversation.of(List.of(left), now))
                    .containsExactly(
                            Message.User.of("How am I?"),
                            calls(call("call_0", "measure")),
                            answer(call("call_0", "measure"), "118/79"),
                            Message.User.of("And my pulse?"),
                            calls(call("call_0", "search")),
                            answer(call("call_0", "search"), "60"));
        }

        @Test
        void theSameIdsAgainAreOtherCalls() {
            Turn turn = played("Twice")
                    .calls(call("call_0", "search"))
                    .toolRuns("first")
                    .calls(call("call_0", "search"))
                    .toolRuns("second")
                    .turn();

            assertThat(Conversation.of(List.of(turn), now("Thanks")))
                    .containsExactly(
                            Message.User.of("Twice"),
                            calls(call("call_0", "search")),
                            answer(call("call_0", "search"), "first"),
                            calls(call("call_0", "search")),
                            answer(call("call_0", "search"), "second"),
                            Message.User.of("Thanks"));
        }

        @Test
        void theAnswersOfAClientAreInTheOrderOfTheCalls() {
            Turn turn = played("How am I?")
                    .calls(MEASURE, ASK)
                    .clientAnswers(response(ASK, "yes"), response(MEASURE, "118/79"))
                    .turn();

            assertThat(Conversation.of(List.of(), turn))
                    .endsWith(calls(MEASURE, ASK), answer(MEASURE, "118/79"), answer(ASK, "yes"));
        }

        @Test
        void anAnswerWithoutACallIsToldInWords() {
            Turn turn = turn(
                    TURN, withTools().build(), new Message.Tool("call_9", Content.of("42")), Message.User.of("Why?"));

            assertThat(Conversation.of(List.of(), turn))
                    .containsExactly(inWords("call_9", "42"), Message.User.of("Why?"));
        }

        @Test
        void anAnswerWithoutACallKeepsItsPictures() {
            Content drawn = new Content.Parts(List.of(text("a chart:"), PICTURE));
            Turn turn = turn(TURN, withTools().build(), new Message.Tool("call_9", drawn));

            assertThat(Conversation.of(List.of(), turn))
                    .containsExactly(parts(text("The result of tool call call_9 is:"), text("a chart:"), PICTURE));
        }

        @Test
        void aSecondAnswerToOneCallIsToldInWords() {
            Turn left = played("How am I?").calls(MEASURE).turn();
            Turn now = turn(
                    TURN,
                    withTools().build(),
                    new Message.Tool(MEASURE.callId(), Content.of("118/79")),
                    new Message.Tool(MEASURE.callId(), Content.of("90/60")));

            assertThat(Conversation.of(List.of(left), now))
                    .endsWith(answer(MEASURE, "118/79"), inWords(MEASURE.callId(), "90/60"));
        }

        @Test
        void anAnswerThatComesAfterTheModelWentOnIsToldInWords() {
            Turn left = played("How am I?").calls(MEASURE).turn();
            Turn other = played("Forget it.").says("Fine.").turn();
            Turn now = turn(TURN, withTools().build(), new Message.Tool(MEASURE.callId(), Content.of("118/79")));

            assertThat(Conversation.of(List.of(left, other), now))
                    .endsWith(
                            calls(MEASURE),
                            unanswered(MEASURE),
                            Message.User.of("Forget it."),
                            says("Fine."),
                            inWords(MEASURE.callId(), "118/79"));
        }

        @Test
        void answersToCallsThatTheClientReadOutOfTheTextAreToldInWords() {
            Turn turn = played("How am I?")
                    .says("Action: measure")
                    .clientAnswers(response(call("made-up", "measure"), "118/79"))
                    .turn();

            assertThat(Conversation.of(List.of(), turn))
                    .containsExactly(
                            Message.User.of("How am I?"), says("Action: measure"), inWords("made-up", "118/79"));
        }
    }

    @Nested
    class TurnsThatDidNotCompleteBefore {

        @Test
        void areForgottenWhenTheModelHadSaidNothing() {
            Turn failed = played("One").breaks().turn();
            Turn cancelled = played("Two").isCancelled().turn();
            Turn shielded = TurnPlay.of(turn(withTools().inputShields("guard").build()))
                    .shieldsPass()
                    .breaks()
                    .turn();

            assertThat(Conversation.of(List.of(failed, cancelled, shielded), now("Three")))
                    .containsExactly(Message.User.of("Three"));
        }

        @Test
        void areKeptAsFarAsTheyCame() {
            Turn failed = played("One").calls(SEARCH).toolRuns("found").breaks().turn();
            Turn cancelled = played("Two").calls(SEARCH).isCancelled().turn();

            assertThat(Conversation.of(List.of(failed, cancelled), now("Three")))
                    .containsExactly(
                            Message.User.of("One"),
                            calls(SEARCH),
                            answer(SEARCH, "found"),
                            Message.User.of("Two"),
                            calls(SEARCH),
                            unanswered(SEARCH),
                            Message.User.of("Three"));
        }
    }

    private static SpecFixture withTools() {
        return SpecFixture.spec().tools(clientTool("measure"), clientTool("ask"), serverTool("search"));
    }

    private static Turn now(String words) {
        return turn(TURN, withTools().build(), Message.User.of(words));
    }

    private static TurnPlay played(String words) {
        return TurnPlay.of(now(words));
    }

    private static Part text(String text) {
        return new Part.Text(text);
    }

    private static Message parts(Part... parts) {
        return new Message.User(new Content.Parts(List.of(parts)), Optional.empty());
    }

    private static Message answer(ToolCall call, String text) {
        return new Message.Tool(call.callId(), Content.of(text));
    }

    private static Message unanswered(ToolCall call) {
        return answer(call, "No result: this call was never answered.");
    }

    private static Message inWords(String callId, String result) {
        return parts(text("The result of tool call %s is:".formatted(callId)), text(result));
    }
}
