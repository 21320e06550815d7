package dev.parley.application.response;

import static dev.parley.application.testing.ModelScript.says;
import static dev.parley.application.testing.ResponseFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.testing.ModelScript;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.turn.Compaction;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnState;
import dev.parley.domain.turn.Usage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompactionTest {

    private final ScriptedApplication app = new ScriptedApplication();

    @Test
    void followsAnAnswerThatMakesTheConversationTooLong() {
        app.model().then(saysUsing("One", 900, 200), says("The user said 1."), says("Two"));

        Turn first = response(app).says("1").compactAt(1_000).create();
        response(app).says("2").after(first.id()).create();

        assertThat(TurnItems.output(first)).hasExactlyElementsOfTypes(Item.Said.class, Item.Compacted.class);
        assertThat(app.model().requests().get(1).messages()).last().isEqualTo(Message.User.of(Compaction.REQUEST));
        assertThat(app.model().lastRequest().messages())
                .containsExactly(
                        Message.User.of("[Summary of the conversation so far]\nThe user said 1."),
                        Message.User.of("2"));
    }

    @Test
    void isLeftOutWhileTheConversationIsShort() {
        app.model().then(saysUsing("One", 900, 99));

        Turn turn = response(app).says("1").compactAt(1_000).create();

        assertThat(TurnItems.output(turn)).hasExactlyElementsOfTypes(Item.Said.class);
    }

    @Test
    void thatFailsLeavesTheAnswerAndTheConversation() {
        app.model().then(saysUsing("One", 900, 200));
        app.model().thenDo((_, _, _) -> {
            throw new BrokenOff(Failure.Code.RATE_LIMITED, "slowly");
        });
        app.model().then(says("Two"));

        Turn first = response(app).says("1").compactAt(1_000).create();
        response(app).says("2").after(first.id()).create();

        assertThat(first.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(TurnItems.output(first)).hasExactlyElementsOfTypes(Item.Said.class);
        assertThat(app.model().lastRequest().messages()).hasSize(3);
    }

    @Test
    void onRequestKeepsWhatTheUserSaidAndAnItemForAll() {
        app.model().then(says("One"), says("The user said 1 and 2."));
        Turn first = response(app).says("1").create();

        CompactContext.Compacted compacted = app.compactContext()
                .compact(Owner.SOLE, response(app).says("2").after(first.id()).command(), new Cancellation());

        assertThat(compacted.items()).hasExactlyElementsOfTypes(Item.Said.class, Item.Said.class, Item.Compacted.class);
        assertThat(compacted.items().getLast())
                .isInstanceOfSatisfying(
                        Item.Compacted.class, item -> assertThat(item.summary()).isEqualTo("The user said 1 and 2."));
        assertThat(app.store().find(Owner.SOLE, compacted.turn().id())).isEmpty();
    }

    @Test
    void onRequestNeedsSomethingToCompact() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> app.compactContext().compact(Owner.SOLE, response(app).command(), new Cancellation()));

        assertThat(refusal.reason()).contains(Refusal.Reason.MISSING_PARAMETER);
    }

    @Test
    void countsWhatTheModelWouldBeShown() {
        app.model().then(says("One"));
        Turn first = response(app).says("1").create();

        long messages = app.countTokens(request -> request.messages().size())
                .count(Owner.SOLE, response(app).says("2").after(first.id()).command());

        assertThat(messages).isEqualTo(3);
    }

    private static ModelScript saysUsing(String text, long input, long output) {
        return new ModelScript.Answers(
                List.of(),
                List.of(text),
                List.of(),
                StopReason.END_OF_TURN,
                Optional.of(new Usage(input, 0, output, 0)));
    }
}
