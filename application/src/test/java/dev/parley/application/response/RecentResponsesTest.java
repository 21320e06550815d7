package dev.parley.application.response;

import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static dev.parley.application.testing.ResponseFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Conversations.ItemSlice;
import dev.parley.application.port.TurnSink;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ResponseFixture;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentResponsesTest {

    private static final List<Message> ONE_TO_THREE = List.of(
            Message.User.of("1"),
            Message.Assistant.of("One"),
            Message.User.of("2"),
            Message.Assistant.of("Two"),
            Message.User.of("3"));

    private static final ToolCall WEATHER = new ToolCall("call_1", "weather", new ToolArguments.Json("{}"));

    private final ScriptedApplication app = new ScriptedApplication();
    private final RecentResponses recent = new RecentResponses(2, 1_000_000);

    @Test
    void aChainThatIsNotStoredGoesOn() {
        app.model().then(calls(WEATHER), says("Sunny"), says("Bye"));
        Turn asked = unstored().clientTool("weather").says("Weather?").create();
        Turn told = unstored()
                .clientTool("weather")
                .answers("call_1", "21")
                .after(asked.id())
                .create();

        Turn last = unstored().says("Thanks").after(told.id()).create();

        assertThat(last.origin()).isEqualTo(new Origin.AfterTurn(Optional.of(told.id())));
        assertThat(app.model().lastRequest().messages())
                .hasSize(5)
                .startsWith(Message.User.of("Weather?"))
                .endsWith(Message.Assistant.of("Sunny"), Message.User.of("Thanks"));
        assertThat(app.store().find(Owner.SOLE, told.id())).isEmpty();
    }

    @Test
    void aChainThatIsNotStoredMayFollowOneThatIs() {
        app.model().then(says("One"), says("Two"), says("Three"));
        Turn stored = response(app).by(recent).says("1").create();
        Turn second = unstored().says("2").after(stored.id()).create();

        unstored().says("3").after(second.id()).create();

        assertThat(app.model().lastRequest().messages()).containsExactlyElementsOf(ONE_TO_THREE);
    }

    @Test
    void whatIsStoredAfterWhatIsNotHasAllOfItAsItsInput() {
        app.model().then(says("One"), says("Two"), says("Three"));
        Turn first = unstored().says("1").create();

        Turn second = response(app).by(recent).says("2").after(first.id()).create();
        response(app).says("3").after(second.id()).create();

        assertThat(TurnItems.input(second)).hasSize(3);
        assertThat(app.model().lastRequest().messages()).containsExactlyElementsOf(ONE_TO_THREE);
    }

    @Test
    void aCallThatNobodyAnsweredIsRefusedAsAlways() {
        app.model().then(calls(WEATHER));
        Turn asked = unstored().clientTool("weather").says("Weather?").create();

        assertThat(refusal(unstored().says("Never mind").after(asked.id())).explanation())
                .isEqualTo("No tool output found for function call call_1.");
    }

    @Test
    void onlyWhoeverWasToldItKnowsIt() {
        app.model().then(says("One"));
        Turn first = unstored().says("1").create();

        assertNotFound(response(app)
                .by(new RecentResponses(2, 1_000_000))
                .unstored()
                .says("2")
                .after(first.id()));
        assertNotFound(response(app).unstored().says("2").after(first.id()));
    }

    @Test
    void aResponseTakesThePlaceOfTheOneThatItFollows() {
        app.model().then(says("A1"), says("B1"), says("A2"), says("B2"));
        Turn first = unstored().says("a").create();
        Turn other = unstored().says("b").create();

        Turn second = unstored().says("a").after(first.id()).create();

        assertNotFound(unstored().says("a").after(first.id()));
        unstored().says("b").after(other.id()).create();
        assertThat(recent.upTo(second.id())).isPresent();
    }

    @Test
    void theChainThatRestsLongestIsForgottenFirst() {
        app.model().then(says("A"), says("B"), says("C"));
        Turn first = unstored().says("a").create();
        Turn second = unstored().says("b").create();
        Turn third = unstored().says("c").create();

        assertNotFound(unstored().says("a").after(first.id()));
        assertThat(recent.upTo(second.id())).isPresent();
        assertThat(recent.upTo(third.id())).isPresent();
    }

    @Test
    void chainsThatAreTooLongTogetherAreForgottenOldestFirst() {
        app.model().then(says("A"), says("B"), says("C"));
        Turn first = unstored().says("a".repeat(200_000)).create();
        Turn second = unstored().says("b".repeat(200_000)).create();
        assertThat(recent.upTo(first.id())).isPresent();

        Turn third = unstored().says("c".repeat(200_000)).after(second.id()).create();

        assertThat(recent.upTo(first.id())).isEmpty();
        assertThat(recent.upTo(third.id())).isPresent();
    }

    @Test
    void whatIsForgottenMakesRoom() {
        app.model().then(says("A"), says("B"), says("C"));
        Turn first = unstored().says("a".repeat(200_000)).create();
        Turn second = unstored().says("b".repeat(200_000)).create();
        recent.forget(first.id());

        Turn third = unstored().says("c".repeat(200_000)).create();

        assertThat(recent.upTo(second.id())).isPresent();
        assertThat(recent.upTo(third.id())).isPresent();
    }

    @Test
    void aChainThatIsTooLongByItselfIsNotRemembered() {
        app.model().then(says("A"));

        Turn turn = unstored().says("a".repeat(500_000)).create();

        assertThat(recent.upTo(turn.id())).isEmpty();
    }

    @Test
    void whatIsForgottenCanNotBeGoneOnAfter() {
        app.model().then(says("One"));
        Turn first = unstored().says("1").create();

        recent.forget(first.id());

        assertNotFound(unstored().says("2").after(first.id()));
    }

    @Test
    void whatFailedIsNotRememberedAndLeavesWhatItFollowed() {
        app.model().then(says("One"));
        app.model().thenDo((_, _, _) -> {
            throw new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, "gone");
        });
        Turn first = unstored().says("1").create();

        Turn failed = unstored().says("2").after(first.id()).create();

        assertThat(failed.state()).isInstanceOf(TurnState.Failed.class);
        assertThat(recent.upTo(failed.id())).isEmpty();
        assertThat(recent.upTo(first.id())).isPresent();
    }

    @Test
    void whatWasTakenNoteOfIsGoneOnAfterWithoutAModelHavingSeenIt() {
        RecordingSink sink = new RecordingSink();

        Turn noted = unstored().says("Mind the gap").takeNote(sink);

        assertThat(sink.lines()).containsExactly("turn started", "turn completed: END_OF_TURN []");
        assertThat(app.model().requests()).isEmpty();
        assertThat(TurnItems.output(noted)).isEmpty();
        app.model().then(says("Minded"));
        unstored().says("Well?").after(noted.id()).create();
        assertThat(app.model().lastRequest().messages())
                .containsExactly(Message.User.of("Mind the gap"), Message.User.of("Well?"));
    }

    @Test
    void whatIsStoredGoesOnAfterWhatWasTakenNoteOf() {
        Turn noted = response(app).by(recent).says("Mind the gap").takeNote(TurnSink.DISCARDING);
        app.model().then(says("Minded"));

        Turn stored = response(app).by(recent).says("Well?").after(noted.id()).create();

        assertThat(app.store().find(Owner.SOLE, noted.id())).isEmpty();
        assertThat(app.readResponses()
                        .input(Owner.SOLE, stored.id(), new ItemSlice(Optional.empty(), 100, false))
                        .items())
                .hasSize(2);
    }

    @Test
    void noNoteIsTakenWhenTheProcessEnds() {
        app.running().drain(Duration.ZERO);

        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> unstored().says("Hi").takeNote(TurnSink.DISCARDING));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAVAILABLE);
    }

    private ResponseFixture unstored() {
        return response(app).by(recent).unstored();
    }

    private static void assertNotFound(ResponseFixture response) {
        assertThat(refusal(response).reason()).contains(Refusal.Reason.PREVIOUS_RESPONSE_NOT_FOUND);
    }

    private static Refusal refusal(ResponseFixture response) {
        return catchThrowableOfType(Refusal.class, response::create);
    }
}
