package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.cutOff;
import static dev.parley.domain.message.MessageFixture.image;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.turn.PromptFixture.answer;
import static dev.parley.domain.turn.PromptFixture.asking;
import static dev.parley.domain.turn.PromptFixture.inWords;
import static dev.parley.domain.turn.PromptFixture.parts;
import static dev.parley.domain.turn.PromptFixture.play;
import static dev.parley.domain.turn.PromptFixture.posted;
import static dev.parley.domain.turn.PromptFixture.text;
import static dev.parley.domain.turn.PromptFixture.unanswered;
import static dev.parley.domain.turn.SampleTools.ASK;
import static dev.parley.domain.turn.SampleTools.ASKED;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.MEASURED;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.SampleTools.withTools;
import static dev.parley.domain.turn.TurnFixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls and their answers: whatever the turns hold, a model is shown each call answered once, and no answer else. */
class PromptCallsTest {

    private static final Part PICTURE = image("https://example.org/a.png");

    @Test
    void callsThatALimitLeftOpenHaveAStandIn() {
        Turn limited = SampleTools.play(withTools().maxInferenceSteps(1))
                .calls(SEARCH, MEASURE)
                .turn();
        Turn cut = play("Again").answers(cutOff("", ASK)).turn();

        assertThat(Prompt.of(List.of(limited, cut), asking("So?")))
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
        Turn left =
                play("How am I?").calls(SEARCH, MEASURE).toolRuns("Measure it.").turn();

        assertThat(Prompt.of(List.of(left), asking("Forget it.")))
                .containsExactly(
                        Message.User.of("How am I?"),
                        calls(SEARCH, MEASURE),
                        answer(SEARCH, "Measure it."),
                        unanswered(MEASURE),
                        Message.User.of("Forget it."));
    }

    @Test
    void aNewTurnMayAnswerTheCallsThatWereLeft() {
        Turn left = play("How am I?").calls(MEASURE, ASK).turn();
        Turn now = asking(
                Message.User.of("Here you are."), posted(ASK.callId(), "yes"), posted(MEASURE.callId(), "118/79"));

        assertThat(Prompt.of(List.of(left), now))
                .containsExactly(
                        Message.User.of("How am I?"),
                        calls(MEASURE, ASK),
                        answer(MEASURE, "118/79"),
                        answer(ASK, "yes"),
                        Message.User.of("Here you are."));
    }

    @Test
    void anAnswerToALeftCallStaysWhenTheModelUsesTheIdAgain() {
        Turn left = play("How am I?").calls(call("call_0", "measure")).turn();
        Turn now = TurnPlay.of(asking(posted("call_0", "118/79"), Message.User.of("And my pulse?")))
                .calls(call("call_0", "search"))
                .toolRuns("60")
                .turn();

        assertThat(Prompt.of(List.of(left), now))
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
        Turn turn = play("Twice")
                .calls(call("call_0", "search"))
                .toolRuns("first")
                .calls(call("call_0", "search"))
                .toolRuns("second")
                .turn();

        assertThat(Prompt.of(List.of(turn), asking("Thanks")))
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
        Turn turn = play("How am I?")
                .calls(MEASURE, ASK)
                .clientAnswers(ASKED, MEASURED)
                .turn();

        assertThat(Prompt.of(List.of(), turn))
                .endsWith(calls(MEASURE, ASK), answer(MEASURE, "118/79"), answer(ASK, "yes"));
    }

    @Test
    void anAnswerWithoutACallIsToldInWords() {
        Turn turn = asking(posted("call_9", "42"), Message.User.of("Why?"));

        assertThat(Prompt.of(List.of(), turn)).containsExactly(inWords("call_9", "42"), Message.User.of("Why?"));
    }

    @Test
    void anAnswerWithoutACallKeepsItsPictures() {
        Content drawn = new Content.Parts(List.of(text("a chart:"), PICTURE));
        Turn turn = asking(new Message.Tool("call_9", drawn));

        assertThat(Prompt.of(List.of(), turn))
                .containsExactly(parts(text("The result of tool call call_9 is:"), text("a chart:"), PICTURE));
    }

    @Test
    void aSecondAnswerToOneCallIsToldInWords() {
        Turn left = play("How am I?").calls(MEASURE).turn();
        Turn now = asking(posted(MEASURE.callId(), "118/79"), posted(MEASURE.callId(), "90/60"));

        assertThat(Prompt.of(List.of(left), now))
                .endsWith(answer(MEASURE, "118/79"), inWords(MEASURE.callId(), "90/60"));
    }

    @Test
    void anAnswerThatComesAfterTheModelWentOnIsToldInWords() {
        Turn left = play("How am I?").calls(MEASURE).turn();
        Turn other = play("Forget it.").says("Fine.").turn();
        Turn now = asking(posted(MEASURE.callId(), "118/79"));

        assertThat(Prompt.of(List.of(left, other), now))
                .endsWith(
                        calls(MEASURE),
                        unanswered(MEASURE),
                        Message.User.of("Forget it."),
                        says("Fine."),
                        inWords(MEASURE.callId(), "118/79"));
    }

    @Test
    void answersToCallsThatTheClientReadOutOfTheTextAreToldInWords() {
        Turn turn = play("How am I?")
                .says("Action: measure")
                .clientAnswers(response(call("made-up", "measure"), "118/79"))
                .turn();

        assertThat(Prompt.of(List.of(), turn))
                .containsExactly(Message.User.of("How am I?"), says("Action: measure"), inWords("made-up", "118/79"));
    }
}
