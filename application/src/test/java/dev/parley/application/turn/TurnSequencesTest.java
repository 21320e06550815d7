package dev.parley.application.turn;

import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.AgentFixture.limited;
import static dev.parley.application.testing.AgentFixture.tool;
import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Tools;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.ModelScript;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.Violation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a reader is told, in which order, for every way that a turn may go (agents-api 4). */
class TurnSequencesTest {

    private static final ToolCall MEASURE = call("call_m", "measure", "{\"unit\":\"mmHg\"}");
    private static final ToolCall WEIGH = call("call_w", "weigh", "{}");
    private static final ToolCall SEARCH = call("call_s", "search", "{\"query\":\"x\"}");

    private final ScriptedApplication app = new ScriptedApplication();
    private final RecordingSink sink = new RecordingSink();
    private final RecordingSink resumed = new RecordingSink();

    TurnSequencesTest() {
        app.tools()
                .tool("builtin::websearch", "search", "Normal is 120/80.")
                .tool("builtin::websearch", "fail", (_, _) -> {
                    throw new Tools.ToolFailed("no network");
                });
        app.tools().tool("builtin::websearch", "throw", (_, _) -> {
            throw new IllegalStateException("a secret detail");
        });
        app.shields().objectsTo("guard", "harm", Violation.Level.ERROR).objectsTo("watch", "odd", Violation.Level.WARN);
    }

    /** Nothing that was told may wait for something else to be told. */
    @AfterEach
    void everythingIsSent() {
        assertThat(sink.isAllFlushed()).isTrue();
        assertThat(resumed.events().isEmpty() || resumed.isAllFlushed()).isTrue();
    }

    @Test
    void plain() {
        app.model().then(says("Hel", "lo"));

        Turn turn = app.chat(config()).say("Hi", sink);

        assertThat(sink.lines())
                .containsExactly(
                        "turn started",
                        "1 started: INFERENCE",
                        "1 text: Hel",
                        "1 text: lo",
                        "1 completed: INFERENCE Hello[]",
                        "turn completed: END_OF_TURN Hello[]");
        assertThat(sink.rested()).isEqualTo(turn);
    }

    @Test
    void withShields() {
        app.model().then(says("Hello"));

        app.chat(shielded()).say("Hi", sink);

        assertThat(sink.lines())
                .containsExactly(
                        "turn started",
                        "1 started: SHIELD_CALL USER_INPUT",
                        "1 completed: SHIELD_CALL USER_INPUT passed",
                        "2 started: INFERENCE",
                        "2 text: Hello",
                        "2 completed: INFERENCE Hello[]",
                        "3 started: SHIELD_CALL ASSISTANT_OUTPUT",
                        "3 completed: SHIELD_CALL ASSISTANT_OUTPUT passed",
                        "turn completed: END_OF_TURN Hello[]");
    }

    @Test
    void serverTool() {
        app.model().then(calls(SEARCH), says("You are well."));

        app.chat(withTools()).say("How am I?", sink);

        assertThat(sink.lines())
                .containsExactly(
                        "turn started",
                        "1 started: INFERENCE",
                        "1 call call_s opened: search",
                        "1 arguments: {\"query\":\"x\"}",
                        "1 call call_s closed",
                        "1 completed: INFERENCE [call_s]",
                        "2 started: TOOL_EXECUTION",
                        "2 call call_s running: search",
                        "2 completed: TOOL_EXECUTION SERVER [call_s=Normal is 120/80.]",
                        "3 started: INFERENCE",
                        "3 text: You are well.",
                        "3 completed: INFERENCE You are well.[]",
                        "turn completed: END_OF_TURN You are well.[]");
        assertThat(app.model().lastRequest().messages())
                .endsWith(new Message.Tool("call_s", Content.of("Normal is 120/80.")));
    }

    @Test
    void whatWasToldIsSentBeforeAToolKeepsItsReaderWaiting() {
        app.tools().tool("builtin::websearch", "slow", (_, _) -> {
            assertThat(sink.lines()).endsWith("2 call call_1 running: slow");
            return new Tools.Output(Content.of(sink.isAllFlushed() ? "sent" : "held back"), Optional.empty());
        });
        app.model().then(calls(call("call_1", "slow", "{}")), says("Done"));

        app.chat(withTools()).say("Hi", sink);

        assertThat(stepLines(sink)).contains("2 completed: TOOL_EXECUTION SERVER [call_1=sent]");
    }

    @Test
    void twoServerToolsAreTwoSteps() {
        ToolCall second = call("call_2", "search", "{}");
        app.model().then(calls(SEARCH, second), says("Done"));

        app.chat(withTools()).say("How am I?", sink);

        assertThat(stepLines(sink))
                .containsExactly(
                        "1 completed: INFERENCE [call_s, call_2]",
                        "2 completed: TOOL_EXECUTION SERVER [call_s=Normal is 120/80.]",
                        "3 completed: TOOL_EXECUTION SERVER [call_2=Normal is 120/80.]",
                        "4 completed: INFERENCE Done[]");
    }

    @Test
    void clientToolAndResume() {
        app.model().then(calls(MEASURE), says("You are well."));
        Chat chat = app.chat(withTools());

        Turn awaiting = chat.say("How am I?", sink);
        Turn done = chat.resume(chat.answering(awaiting.id(), ToolResponse.text(MEASURE, "118/79")), resumed);

        assertThat(sink.lines())
                .containsExactly(
                        "turn started",
                        "1 started: INFERENCE",
                        "1 call call_m opened: measure",
                        "1 arguments: {\"unit\":\"mmHg\"}",
                        "1 call call_m closed",
                        "1 completed: INFERENCE [call_m]",
                        "turn awaits input: END_OF_MESSAGE [call_m]");
        assertThat(resumed.lines())
                .containsExactly(
                        "1 completed: TOOL_EXECUTION CLIENT [call_m=118/79]",
                        "2 started: INFERENCE",
                        "2 text: You are well.",
                        "2 completed: INFERENCE You are well.[]",
                        "turn completed: END_OF_TURN You are well.[]");
        assertThat(done.id()).isEqualTo(awaiting.id());
        assertThat(done.input()).isEqualTo(awaiting.input());
        assertThat(done.startedAt()).isEqualTo(awaiting.startedAt());
        assertThat(chat.stored()).containsExactly(done);
    }

    @Test
    void serverToolsOfAMixedMessageRunBeforeTheClientIsAsked() {
        app.model().then(calls(MEASURE, SEARCH), says("You are well."));
        Chat chat = app.chat(withTools());

        Turn awaiting = chat.say("How am I?", sink);
        chat.resume(chat.answering(awaiting.id(), ToolResponse.text(MEASURE, "118/79")), resumed);

        assertThat(stepLines(sink))
                .containsExactly(
                        "1 completed: INFERENCE [call_m, call_s]",
                        "2 completed: TOOL_EXECUTION SERVER [call_s=Normal is 120/80.]");
        assertThat(sink.lines()).endsWith("turn awaits input: END_OF_MESSAGE [call_m]");
        assertThat(stepLines(resumed))
                .containsExactly(
                        "1 completed: TOOL_EXECUTION CLIENT [call_m=118/79]", "2 completed: INFERENCE You are well.[]");
        assertThat(app.model().lastRequest().messages())
                .filteredOn(Message.Tool.class::isInstance)
                .extracting(message -> ((Message.Tool) message).callId())
                .containsExactly("call_m", "call_s");
    }

    @Test
    void twoClientToolsWithShieldsAndOneResumeAreSevenSteps() {
        app.model().then(calls(MEASURE, WEIGH), says("You are well."));
        Chat chat = app.chat(shielded());

        Turn awaiting = chat.say("How am I?", sink);
        chat.resume(
                chat.answering(awaiting.id(), ToolResponse.text(MEASURE, "118/79"), ToolResponse.text(WEIGH, "70")),
                resumed);

        assertThat(stepLines(sink))
                .containsExactly(
                        "1 completed: SHIELD_CALL USER_INPUT passed",
                        "2 completed: INFERENCE [call_m, call_w]",
                        "3 completed: SHIELD_CALL ASSISTANT_OUTPUT passed");
        assertThat(stepLines(resumed))
                .containsExactly(
                        "1 completed: TOOL_EXECUTION CLIENT [call_m=118/79, call_w=70]",
                        "2 completed: SHIELD_CALL USER_INPUT passed",
                        "3 completed: INFERENCE You are well.[]",
                        "4 completed: SHIELD_CALL ASSISTANT_OUTPUT passed");
        assertThat(resumed.rested().steps()).hasSize(7);
    }

    @Test
    void inputViolation() {
        Chat chat = app.chat(shielded());

        Turn turn = chat.say("do harm", sink);

        assertThat(sink.lines())
                .containsExactly(
                        "turn started",
                        "1 started: SHIELD_CALL USER_INPUT",
                        "1 completed: SHIELD_CALL USER_INPUT guard objects",
                        "turn completed: END_OF_TURN guard objects[]");
        assertThat(app.model().requests()).isEmpty();
        assertThat(chat.stored()).containsExactly(turn);
    }

    @Test
    void outputViolation() {
        app.model().then(says("do harm"));

        app.chat(shielded()).say("Hi", sink);

        assertThat(sink.lines())
                .containsExactly(
                        "turn started",
                        "1 started: SHIELD_CALL USER_INPUT",
                        "1 completed: SHIELD_CALL USER_INPUT passed",
                        "2 started: INFERENCE",
                        "2 completed: INFERENCE []",
                        "3 started: SHIELD_CALL ASSISTANT_OUTPUT",
                        "3 completed: SHIELD_CALL ASSISTANT_OUTPUT guard objects",
                        "turn completed: END_OF_TURN guard objects[]");
    }

    @Test
    void aLesserViolationIsPassed() {
        app.model().then(says("Hello"));

        app.chat(config(List.of(), List.of(), List.of("watch"))).say("odd", sink);

        assertThat(stepLines(sink))
                .containsExactly(
                        "1 completed: SHIELD_CALL USER_INPUT passed",
                        "2 completed: INFERENCE Hello[]",
                        "3 completed: SHIELD_CALL ASSISTANT_OUTPUT passed");
    }

    @Test
    void whatOutputShieldsHaveSeenWholeTheyAreNotAskedOfAgain() {
        app.model().then(says("Hello"));

        app.chat(config(List.of(), List.of(), List.of("guard"))).say("Hi", sink);

        assertThat(stepLines(sink)).endsWith("3 completed: SHIELD_CALL ASSISTANT_OUTPUT passed");
        assertThat(app.shields().seen())
                .extracting(messages -> messages.getLast().getClass().getSimpleName())
                .containsExactly("User", "Assistant");
    }

    @Test
    void outputShieldsLookAtTheAnswerLast() {
        app.model().then(calls(MEASURE));

        app.chat(shielded()).say("Hi", sink);

        assertThat(app.shields().seen()).hasSize(2);
        assertThat(app.shields().seen().getLast().getLast())
                .isInstanceOfSatisfying(
                        Message.Assistant.class,
                        answer -> assertThat(answer.toolCalls()).containsExactly(MEASURE));
    }

    @Test
    void unknownTool() {
        app.model().then(calls(call("call_1", "dance", "{}")), says("I can't dance."));

        app.chat(withTools()).say("Dance!", sink);

        assertThat(stepLines(sink))
                .containsExactly(
                        "1 completed: INFERENCE [call_1]",
                        "2 completed: TOOL_EXECUTION SERVER [call_1=Unknown tool 'dance'."
                                + " The tools are: [measure, weigh, search, fail, throw].]",
                        "3 completed: INFERENCE I can't dance.[]");
        assertThat(app.tools().calls()).isEmpty();
    }

    @Test
    void malformedArgumentsOfAnyToolGoBackToTheModel() {
        ToolCall server = new ToolCall("call_1", "search", new ToolArguments.Malformed("{\"query"));
        ToolCall client = new ToolCall("call_2", "measure", new ToolArguments.Malformed("[]"));
        app.model().then(calls(server, client), says("Sorry."));

        app.chat(withTools()).say("Hi", sink);

        assertThat(stepLines(sink))
                .containsExactly(
                        "1 completed: INFERENCE [call_1, call_2]",
                        "2 completed: TOOL_EXECUTION SERVER [call_1=Error when running tool:"
                                + " the arguments are not a JSON object; call the tool again with one]",
                        "3 completed: TOOL_EXECUTION SERVER [call_2=Error when running tool:"
                                + " the arguments are not a JSON object; call the tool again with one]",
                        "4 completed: INFERENCE Sorry.[]");
        assertThat(app.tools().calls()).isEmpty();
    }

    @Test
    void aToolThatFailsTellsTheModelWhy() {
        app.model().then(calls(call("call_1", "fail", "{}")), says("Sorry."));

        app.chat(withTools()).say("Hi", sink);

        assertThat(stepLines(sink))
                .contains("2 completed: TOOL_EXECUTION SERVER [call_1=Error when running tool: no network]");
        assertThat(sink.lines()).endsWith("turn completed: END_OF_TURN Sorry.[]");
    }

    @Test
    void aToolThatThrowsTellsTheModelNoInternals() {
        app.model().then(calls(call("call_1", "throw", "{}")), says("Sorry."));

        app.chat(withTools()).say("Hi", sink);

        assertThat(stepLines(sink))
                .contains("2 completed: TOOL_EXECUTION SERVER"
                        + " [call_1=Error when running tool: the tool failed inside the server]");
        assertThat(sink.lines()).endsWith("turn completed: END_OF_TURN Sorry.[]");
    }

    @Test
    void theLimitEndsATurnBeforeItsLastCallsAreRun() {
        app.model().then(calls(SEARCH), calls(SEARCH));
        Chat chat = app.chat(limited(withTools(), 2));

        chat.say("Hi", sink);

        assertThat(stepLines(sink))
                .containsExactly(
                        "1 completed: INFERENCE [call_s]",
                        "2 completed: TOOL_EXECUTION SERVER [call_s=Normal is 120/80.]",
                        "3 completed: INFERENCE [call_s_2]");
        assertThat(sink.lines()).endsWith("turn completed: END_OF_TURN [call_s_2]");
    }

    @Test
    void afterALimitTheNextTurnIsShownAnAnswerToEveryCall() {
        app.model().then(calls(MEASURE), says("Hello again"));
        Chat chat = app.chat(limited(withTools(), 1));
        chat.say("Hi", sink);

        chat.say("Still there?", resumed);

        assertThat(app.model().lastRequest().messages())
                .satisfiesExactly(
                        system -> assertThat(system).isInstanceOf(Message.System.class),
                        user -> assertThat(user).isEqualTo(Message.User.of("Hi")),
                        answer -> assertThat(answer).isInstanceOf(Message.Assistant.class),
                        standIn -> assertThat(standIn)
                                .isInstanceOfSatisfying(
                                        Message.Tool.class,
                                        tool -> assertThat(tool.callId()).isEqualTo("call_m")),
                        user -> assertThat(user).isEqualTo(Message.User.of("Still there?")));
    }

    @Test
    void outOfTokensEndsTheTurnAndRunsNothing() {
        app.model()
                .then(new ModelScript.Answers(
                        List.of(),
                        List.of("Once upon"),
                        List.of(new ModelScript.Call("call_1", "search", List.of("{}"))),
                        StopReason.OUT_OF_TOKENS,
                        Optional.empty()));

        app.chat(withTools()).say("Hi", sink);

        assertThat(sink.lines()).endsWith("turn completed: OUT_OF_TOKENS Once upon[call_1]");
        assertThat(app.tools().calls()).isEmpty();
    }

    @Test
    void anUnfinishedMessageIsGoneOnWith() {
        app.model()
                .then(
                        new ModelScript.Answers(
                                List.of(), List.of("Once"), List.of(), StopReason.END_OF_MESSAGE, Optional.empty()),
                        says(" upon a time"));

        app.chat(config()).say("Hi", sink);

        assertThat(stepLines(sink))
                .containsExactly("1 completed: INFERENCE Once[]", "2 completed: INFERENCE  upon a time[]");
    }

    @Test
    void reasoningIsToldAsItComes() {
        app.model()
                .then(new ModelScript.Answers(
                        List.of("Hm"), List.of("42"), List.of(), StopReason.END_OF_TURN, Optional.empty()));

        app.chat(config()).say("Hi", sink);

        assertThat(sink.lines()).containsSubsequence("1 reasoning: Hm", "1 text: 42");
    }

    private static List<String> stepLines(RecordingSink sink) {
        return sink.lines().stream()
                .filter(line -> line.contains(" completed: ") && !line.startsWith("turn"))
                .toList();
    }

    private static AgentConfig withTools() {
        return config(
                List.of(tool("measure"), tool("weigh")),
                List.of(new ToolGroup("builtin::websearch", Optional.empty())),
                List.of());
    }

    private static AgentConfig shielded() {
        return config(List.of(tool("measure"), tool("weigh")), List.of(), List.of("guard"));
    }

    private static ToolCall call(String id, String name, String arguments) {
        return new ToolCall(id, name, new ToolArguments.Json(arguments));
    }
}
