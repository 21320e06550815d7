package dev.parley.application.response;

import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static dev.parley.application.testing.ResponseFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Conversations.ItemSlice;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ResponseFixture;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateResponseTest {

    private static final ToolCall WEATHER = new ToolCall("call_1", "weather", new ToolArguments.Json("{}"));

    private final ScriptedApplication app = new ScriptedApplication();

    @Test
    void isATurnOfItsOwn() {
        app.model().then(says("Hello"));
        RecordingSink sink = new RecordingSink();

        Turn turn = response(app).says("Hi").create(sink);

        assertThat(turn.state()).isEqualTo(new TurnState.Completed(Message.Assistant.of("Hello")));
        assertThat(app.readResponses().get(Owner.SOLE, turn.id())).isEqualTo(turn);
        assertThat(sink.lines())
                .containsExactly(
                        "turn started",
                        "1 started: INFERENCE",
                        "1 text: Hello",
                        "1 completed: INFERENCE Hello[]",
                        "turn completed: END_OF_TURN Hello[]");
    }

    @Test
    void goesOnAfterAnother() {
        app.model().then(says("One"), says("Two"));
        Turn first = response(app).says("1").create();

        response(app).says("2").after(first.id()).create();

        assertThat(app.model().lastRequest().messages())
                .containsExactly(Message.User.of("1"), Message.Assistant.of("One"), Message.User.of("2"));
    }

    @Test
    void forksFromAnyAncestor() {
        app.model().then(says("One"), says("Two"), says("Other two"), says("Three"));
        Turn first = response(app).says("1").create();
        response(app).says("2").after(first.id()).create();
        Turn fork = response(app).says("2'").after(first.id()).create();

        Turn third = response(app).says("3'").after(fork.id()).create();

        assertThat(app.model().lastRequest().messages())
                .extracting(CreateResponseTest::text)
                .containsExactly("1", "One", "2'", "Other two", "3'");
        assertThat(app.readResponses()
                        .input(Owner.SOLE, third.id(), new ItemSlice(Optional.empty(), 100, false))
                        .items())
                .hasSize(5);
    }

    @Test
    void shieldsThatDoNotExistAreRefusedBeforeAnythingIsBegun() {
        ResponseFixture guarded = response(app).guardrails("wall").says("Hi");

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(guarded::create)
                .satisfies(refusal -> assertThat(refusal.field()).hasValue("guardrails"));
        assertThat(app.model().requests()).isEmpty();
    }

    @Test
    void endsWithACallForTheClientAndTakesItsAnswerInANewOne() {
        app.model().then(calls(WEATHER), says("Sunny"));
        Turn asked = response(app).clientTool("weather").says("Weather?").create();
        assertThat(asked.state()).isInstanceOf(TurnState.Completed.class);

        response(app)
                .clientTool("weather")
                .answers("call_1", "21")
                .after(asked.id())
                .create();

        assertThat(app.model().lastRequest().messages())
                .hasSize(3)
                .last()
                .isInstanceOfSatisfying(
                        Message.Tool.class, tool -> assertThat(tool.callId()).isEqualTo("call_1"));
    }

    @Test
    void refusesACallWithoutItsAnswerAndAnAnswerWithoutItsCall() {
        app.model().then(calls(WEATHER));
        Turn asked = response(app).clientTool("weather").says("Weather?").create();

        assertThat(refusal(response(app).says("Never mind").after(asked.id())).explanation())
                .isEqualTo("No tool output found for function call call_1.");
        assertThat(refusal(response(app).answers("call_9", "21")).explanation())
                .isEqualTo("No tool call found for function call output with call_id call_9.");
        assertThat(app.model().requests()).hasSize(1);
    }

    @Test
    void refusesAnUnknownPrevious() {
        TurnId unknown = new TurnId("00000000-0000-4000-8000-00000000ffff");

        Refusal refusal = refusal(response(app).says("Hi").after(unknown));

        assertThat(refusal.reason()).contains(Refusal.Reason.PREVIOUS_RESPONSE_NOT_FOUND);
        assertThat(refusal.explanation())
                .isEqualTo("Previous response with id 'resp_0000000000004000800000000000ffff' not found.");
    }

    @Test
    void leavesNothingWhenItIsNotToBeStored() {
        app.model().then(says("Hello"));

        Turn turn = response(app).says("Hi").unstored().create();

        assertThat(turn.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(app.store().find(Owner.SOLE, turn.id())).isEmpty();
        assertThat(refusal(response(app).says("And?").after(turn.id())).reason())
                .contains(Refusal.Reason.PREVIOUS_RESPONSE_NOT_FOUND);
    }

    /** Clients are not told what a search has found, so they can't bring it back. */
    @Test
    void completesACallThatIsBroughtBackWithoutItsResult() {
        app.tools().tool("web_search", "search", "found");
        ToolCall search = new ToolCall("call_1", "search", new ToolArguments.Json("{}"));
        app.model().then(calls(search), says("Sixty."), says("Yes."), says("No."));
        Turn first = response(app)
                .hostedTool(HostedKind.WEB_SEARCH, "web_search")
                .says("My pulse?")
                .create();
        Item known = TurnItems.output(first).getFirst();
        Item without = new Item.Opaque(known.id(), "web_search_call", new JsonText("{}"));
        Item unknown = new Item.Opaque(
                ItemId.ofOutput("ws", new TurnId("00000000-0000-0000-0000-000000000000"), 1, 0),
                "web_search_call",
                new JsonText("{}"));

        Turn second = response(app).given(without).says("Sure?").create();

        assertThat(second.input())
                .isInstanceOfSatisfying(
                        TurnInput.Items.class,
                        input -> assertThat(input.items()).startsWith(known));
        assertThat(app.model().lastRequest().messages())
                .filteredOn(Message.Tool.class::isInstance)
                .hasSize(1);

        response(app).given(unknown).says("Sure?").create();

        assertThat(app.model().lastRequest().messages()).noneMatch(Message.Tool.class::isInstance);
    }

    @Test
    void resolvesReferencesToWhatWasGivenAndTold() {
        app.model().then(says("One"), says("Two"));
        Turn first = response(app).says("1").create();
        List<Item> items = TurnItems.of(first);

        response(app)
                .refersTo(items.get(0).id().value())
                .refersTo(items.get(1).id().value())
                .says("2")
                .create();

        assertThat(app.model().lastRequest().messages())
                .extracting(CreateResponseTest::text)
                .containsExactly("1", "One", "2");
        assertThat(refusal(response(app).refersTo("msg_unknown")).code()).isEqualTo(Refusal.Code.NOT_FOUND);
    }

    @Test
    void runsHostedToolsWithinTheirLimit() {
        app.tools().tool("web_search", "search", "found");
        ToolCall search = new ToolCall("call_1", "search", new ToolArguments.Json("{}"));
        ToolCall again = new ToolCall("call_2", "search", new ToolArguments.Json("{}"));
        app.model().then(calls(search), calls(again), says("Done"));

        Turn turn = response(app)
                .hostedTool(HostedKind.WEB_SEARCH, "web_search")
                .maxToolCalls(1)
                .says("Search")
                .create();

        assertThat(app.tools().calls()).containsExactly(search);
        assertThat(TurnItems.output(turn)).hasExactlyElementsOfTypes(Item.Hosted.class, Item.Said.class);
    }

    @Test
    void hasAHostedToolThatWasChosenCalledFirst() {
        app.tools().tool("web_search", "search", "found");
        app.model().then(calls(new ToolCall("call_1", "search", new ToolArguments.Json("{}"))), says("Done"));

        response(app)
                .clientTool("weather")
                .hostedTool(HostedKind.WEB_SEARCH, "web_search")
                .choosing(new ToolChoice.Hosted(HostedKind.WEB_SEARCH, Optional.empty(), Optional.empty()))
                .says("Search")
                .create();

        assertThat(app.model().requests())
                .extracting(InferenceRequest::toolChoice)
                .containsExactly(new ToolChoice.Named("search"), new ToolChoice.Auto());
        assertThat(app.model().requests())
                .extracting(request ->
                        request.tools().stream().map(ToolDefinition::name).toList())
                .containsExactly(List.of("search"), List.of("weather", "search"));
    }

    @Test
    void doesWithoutAHostedToolThatItHasNot() {
        app.model().then(says("Done"));

        response(app)
                .hostedTool(HostedKind.WEB_SEARCH, "web_search")
                .choosing(new ToolChoice.Hosted(HostedKind.WEB_SEARCH, Optional.empty(), Optional.empty()))
                .says("Search")
                .create();

        assertThat(app.model().lastRequest().toolChoice()).isEqualTo(new ToolChoice.Auto());
    }

    @Test
    void refusesAChosenToolThatItsServerHasNot() {
        app.tools().tool("docs", "find", "found");
        app.model().then(says("It has been listed"));
        Turn first = response(app)
                .server("docs", new Approval.Never())
                .says("What is there?")
                .create();

        Refusal refusal = refusal(response(app)
                .after(first.id())
                .server("docs", new Approval.Never())
                .choosing(new ToolChoice.Hosted(HostedKind.MCP, Optional.of("docs"), Optional.of("dance")))
                .says("Dance"));

        assertThat(refusal.field()).contains("tool_choice");
        assertThat(refusal.reason()).contains(Refusal.Reason.INVALID_VALUE);
        assertThat(refusal.explanation())
                .isEqualTo("Tool choice 'dance' not found among the tools of the server 'docs'.");
        assertThat(app.model().requests()).hasSize(1);
    }

    @Test
    void hasAToolOfAServerCalledFirstThatWasChosenBeforeItWasListed() {
        app.tools().tool("docs", "find", "found").tool("docs", "read", "text");
        app.model().then(calls(new ToolCall("call_1", "docs__find", new ToolArguments.Json("{}"))), says("Done"));

        response(app)
                .server("docs", new Approval.Never())
                .choosing(new ToolChoice.Hosted(HostedKind.MCP, Optional.of("docs"), Optional.of("find")))
                .says("Find")
                .create();

        assertThat(app.model().requests())
                .extracting(InferenceRequest::toolChoice)
                .containsExactly(new ToolChoice.Named("docs__find"), new ToolChoice.Auto());
    }

    @Test
    void leavesTheOldestOutWhereTheClientAllowsIt() {
        app.model().then(says("One"));
        Turn first = response(app).says("1").create();
        app.model().thenDo((_, _, _) -> {
            throw new BrokenOff(Failure.Code.CONTEXT_TOO_LONG, "too long");
        });
        app.model().then(says("Two"));

        Turn second = response(app).says("2").after(first.id()).truncating().create();

        assertThat(second.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(app.model().lastRequest().messages()).containsExactly(Message.User.of("2"));
    }

    @Test
    void failsWithoutLeavingAnythingOutWhereTheClientDoesNot() {
        app.model().thenDo((_, _, _) -> {
            throw new BrokenOff(Failure.Code.CONTEXT_TOO_LONG, "too long");
        });

        Turn turn = response(app).says("1").create();

        assertThat(turn.state()).isInstanceOf(TurnState.Failed.class);
        assertThat(app.model().requests()).hasSize(1);
    }

    @Test
    void isTheSameWhenTheSameRequestIsRepeated() {
        app.model().then(says("Hello"));
        Turn first = response(app).says("Hi").named("key", "print").create();

        Turn again = response(app).says("Hi").named("key", "print").create();

        assertThat(again).isEqualTo(first);
        assertThat(app.model().requests()).hasSize(1);
        assertThat(refusal(response(app).says("Ho").named("key", "other")).code())
                .isEqualTo(Refusal.Code.CONFLICT);
    }

    /** What the first request has done keeps the second one from fitting; it is the same one nevertheless. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isTheSameWhenTheCallThatItAnswersIsAnsweredByNow(boolean background) {
        ConversationId conversation =
                app.createConversation().create(Owner.SOLE, Map.of(), List.of()).id();
        app.model().then(calls(WEATHER), says("Sunny"));
        response(app).clientTool("weather").says("Weather?").in(conversation).create();
        Supplier<ResponseFixture> answer = () -> {
            ResponseFixture asked =
                    response(app).answers("call_1", "21").in(conversation).named("key", "print");
            return background ? asked.inBackground() : asked;
        };
        Turn first = answer.get().create();
        app.scheduled().forEach(turn -> app.runInBackground().run(Owner.SOLE, turn));

        Turn again = answer.get().create();

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(app.model().requests()).hasSize(2);
        assertThat(app.scheduled()).hasSize(background ? 1 : 0);
        assertThat(refusal(answer.get().named("key", "other")).code()).isEqualTo(Refusal.Code.CONFLICT);
    }

    @Test
    void isTheSameWhenTheSessionThatItWentOnInHasGoneOn() {
        Chat chat = app.chat(AgentFixture.config());
        app.model().then(says("One"), says("Two"), says("Three"));
        Turn turn = chat.say("1");
        Turn first =
                response(app).says("2").after(turn.id()).named("key", "print").create();
        chat.say("3");

        Turn again =
                response(app).says("2").after(turn.id()).named("key", "print").create();

        assertThat(again).isEqualTo(first);
        assertThat(app.model().requests()).hasSize(3);
    }

    @Test
    void goesOnInTheSessionOfAnAgent() {
        Chat chat = app.chat(AgentFixture.config());
        app.model().then(says("One"), says("Two"), says("Three"));
        Turn turn = chat.say("1");

        Turn response = response(app).says("2").after(turn.id()).create();
        chat.say("3");

        assertThat(app.store().inSession(Owner.SOLE, chat.session()))
                .extracting(Turn::id)
                .containsSubsequence(turn.id(), response.id());
        assertThat(app.model().lastRequest().messages())
                .extracting(CreateResponseTest::text)
                .containsSubsequence("1", "One", "2", "Two", "3");
    }

    private static Refusal refusal(ResponseFixture response) {
        return catchThrowableOfType(Refusal.class, response::create);
    }

    private static String text(Message message) {
        return switch (message) {
            case Message.System(String text) -> text;
            case Message.User user -> user.content().text();
            case Message.Tool tool -> tool.content().text();
            case Message.Assistant assistant -> assistant.text();
        };
    }
}
