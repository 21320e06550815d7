package dev.parley.application.response;

import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static dev.parley.application.testing.ResponseFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.TurnSink;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.ModelScript;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ResponseFixture;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.turn.Compaction;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Replay;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnState;
import dev.parley.domain.turn.Usage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompactionTest {

    private static final ToolCall MEASURE = new ToolCall("call_a", "measure", new ToolArguments.Json("{}"));

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
                        new Message.System("[Summary of the conversation so far]\nThe user said 1."),
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
        app.model().then(says("One"), saysUsing("The user said 1 and 2.", 30, 7), says("Three"));
        Turn first = response(app).says("1").create();

        Turn compacted = app.compactContext()
                .compact(Owner.SOLE, response(app).says("2").after(first.id()).command(), new Cancellation());
        List<Item> standIns = CompactContext.standIns(compacted);
        ResponseFixture next = response(app);
        standIns.forEach(next::given);
        next.says("3").create();

        assertThat(standIns).hasExactlyElementsOfTypes(Item.Said.class, Item.Said.class, Item.Compacted.class);
        assertThat(app.model().requests().get(1).messages())
                .containsExactly(
                        Message.User.of("1"),
                        Message.Assistant.of("One"),
                        Message.User.of("2"),
                        Message.User.of(Compaction.REQUEST));
        assertThat(app.model().lastRequest().messages())
                .containsExactly(
                        new Message.System("[Summary of the conversation so far]\nThe user said 1 and 2."),
                        Message.User.of("3"));
        assertThat(compacted.usage()).contains(new Usage(30, 0, 7, 0));
        assertThat(app.store().find(Owner.SOLE, compacted.id())).isEmpty();
    }

    @Test
    void onRequestFailsWhenTheModelDoes() {
        app.model().then(new ModelScript.Refuses(Failure.Code.CONTEXT_TOO_LONG), says(" \n"));

        assertThat(compacted(response(app).says("1")).state())
                .isEqualTo(new TurnState.Failed(Failure.of(Failure.Code.CONTEXT_TOO_LONG, "The model refused")));
        assertThat(compacted(response(app).says("1")).state())
                .isInstanceOfSatisfying(
                        TurnState.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(Failure.Code.PROVIDER_UNAVAILABLE));
    }

    @Test
    void onRequestTakesOnlyWhatFitsTogether() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> compacted(response(app).says("1").answers("call_a", "orphaned")));

        assertThat(refusal).hasMessage("No tool call found for function call output with call_id call_a.");
        assertThat(app.model().requests()).isEmpty();
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

    /** The trigger is all that its turn has: the conversation is put into words, and nobody answers it. */
    @Test
    void byATriggerIsAllThatTheResponseDoes() {
        app.model().then(says("One"), says("The user said 1 and 2."), says("Three"));
        Turn first = response(app).says("1").create();
        RecordingSink sink = new RecordingSink();

        Turn compacted =
                response(app).says("2").triggersCompaction().after(first.id()).create(sink);
        response(app).says("3").after(compacted.id()).create();

        assertThat(compacted.state())
                .isEqualTo(new TurnState.Completed(new Message.Assistant(List.of(), StopReason.END_OF_TURN)));
        assertThat(TurnItems.output(compacted)).hasExactlyElementsOfTypes(Item.Compacted.class);
        assertThat(app.model().requests().get(1).messages())
                .hasSize(4)
                .last()
                .isEqualTo(Message.User.of(Compaction.REQUEST));
        assertThat(app.model().lastRequest().messages())
                .containsExactly(
                        new Message.System("[Summary of the conversation so far]\nThe user said 1 and 2."),
                        Message.User.of("3"));
        assertThat(app.store().find(Owner.SOLE, compacted.id())).contains(compacted);
        assertThat(sink.events())
                .filteredOn(TurnEvent.StepProgressed.class::isInstance)
                .isEmpty();
        assertThat(Replay.of(compacted, 0).stream().skip(1))
                .containsExactlyElementsOf(
                        sink.events().subList(1, sink.events().size()));
    }

    @Test
    void byATriggerThatFailsIsAFailedResponse() {
        app.model().then(new ModelScript.Refuses(Failure.Code.RATE_LIMITED));

        Turn turn = response(app).says("1").triggersCompaction().create();

        assertThat(turn.state())
                .isEqualTo(new TurnState.Failed(Failure.of(Failure.Code.RATE_LIMITED, "The model refused")));
    }

    @Test
    void byATriggerIsCalledOffWithTheRequest() {
        Cancellation cancellation = new Cancellation();
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        Turn turn = app.createResponse()
                .create(
                        Owner.SOLE,
                        response(app).says("1").triggersCompaction().command(),
                        TurnSink.DISCARDING,
                        cancellation);

        assertThat(turn.state()).isEqualTo(new TurnState.Cancelled());
        assertThat(app.model().requests()).isEmpty();
    }

    @Test
    void ofAConversationThatIsTooLongLeavesOutItsOldestWhereThatIsAllowed() {
        app.model().then(new ModelScript.Refuses(Failure.Code.CONTEXT_TOO_LONG), says("The user said 2."));

        Turn turn = response(app)
                .truncating()
                .says("1")
                .says("2")
                .triggersCompaction()
                .create();

        assertThat(TurnItems.output(turn)).hasExactlyElementsOfTypes(Item.Compacted.class);
        assertThat(app.model().lastRequest().messages())
                .containsExactly(Message.User.of("2"), Message.User.of(Compaction.REQUEST));
    }

    /** What was compacted may have had calls; of those after it none loses its answer. */
    @Test
    void keepsCallsAndAnswersTogether() {
        app.model()
                .then(
                        calls(MEASURE),
                        saysUsing("Ten", 900, 200),
                        says("Ten was measured."),
                        calls(MEASURE),
                        says("Eleven"));
        Turn first = response(app).clientTool("measure").says("Measure").create();
        Turn second = response(app)
                .clientTool("measure")
                .answers("call_a", "10")
                .after(first.id())
                .compactAt(1_000)
                .create();
        Turn third = response(app)
                .clientTool("measure")
                .says("Again")
                .after(second.id())
                .create();
        response(app)
                .clientTool("measure")
                .answers("call_a", "11")
                .after(third.id())
                .create();

        assertThat(app.model().lastRequest().messages())
                .containsExactly(
                        new Message.System("[Summary of the conversation so far]\nTen was measured."),
                        Message.User.of("Again"),
                        ((Step.Inference) third.steps().getFirst()).answer(),
                        new Message.Tool("call_a", Content.of("11")));
    }

    /** What came before the summary is not read, and can be named all the same. */
    @Test
    void leavesWhatItStandsForToBeReferredTo() {
        app.model().then(says("One"), says("The user said 1."), says("Two"));
        Turn first = response(app).says("1").create();
        Turn compacted = response(app).triggersCompaction().after(first.id()).create();

        response(app)
                .refersTo(TurnItems.output(first).getFirst().id().value())
                .says("What was that?")
                .after(compacted.id())
                .create();

        assertThat(app.model().lastRequest().messages())
                .containsExactly(
                        new Message.System("[Summary of the conversation so far]\nThe user said 1."),
                        Message.Assistant.of("One"),
                        Message.User.of("What was that?"));
    }

    @Test
    void checksWhatIsBehindItAsEver() {
        app.model().then(says("One"), says("The user said 1."), calls(MEASURE), says("Eleven"));
        Turn first = response(app).says("1").create();
        Turn compacted = response(app).triggersCompaction().after(first.id()).create();
        Turn asking = response(app)
                .clientTool("measure")
                .says("Measure")
                .after(compacted.id())
                .create();
        Item told = TurnItems.input(asking).getFirst();

        assertThat(refused(response(app).says("Well?").after(asking.id())))
                .isEqualTo("No tool output found for function call call_a.");
        assertThat(refused(response(app).answers("call_b", "11").after(asking.id())))
                .isEqualTo("No tool call found for function call output with call_id call_b.");
        assertThat(refused(response(app).answers("call_a", "11").given(told).after(asking.id())))
                .startsWith("Duplicate item found with id %s.".formatted(told.id()));
        response(app)
                .clientTool("measure")
                .answers("call_a", "11")
                .after(asking.id())
                .create();
    }

    /** The session of an agent sees the summary of a response that went on in it. */
    @Test
    void ofASessionIsSeenByBothInterfaces() {
        Chat chat = app.chat(AgentFixture.config());
        app.model().then(says("One"), says("The user said 1."), says("Two"));
        Turn first = chat.say("1");
        response(app).triggersCompaction().after(first.id()).create();

        chat.say("2");

        assertThat(app.model().lastRequest().messages())
                .extracting(message -> message.getClass().getSimpleName())
                .containsExactly("System", "User");
        assertThat(chat.stored()).hasSize(3);
    }

    private static String refused(ResponseFixture what) {
        return String.valueOf(catchThrowableOfType(Refusal.class, what::create).getMessage());
    }

    private Turn compacted(ResponseFixture what) {
        return app.compactContext().compact(Owner.SOLE, what.command(), new Cancellation());
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
