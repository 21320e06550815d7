package dev.parley.application.response;

import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static dev.parley.application.testing.ResponseFixture.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.port.Tools;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ResponseFixture;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.testing.ScriptedTools;
import dev.parley.domain.Owner;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ShellOutput;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A shell that this server runs (responses-api 4.1). */
@Timeout(30)
class ShellToolTest {

    private static final ToolCall LIST = call("call_1", new ToolArguments.Json("{\"commands\":[\"ls\"]}"));
    private static final ToolCall WEATHER = new ToolCall("call_2", "weather", new ToolArguments.Json("{}"));
    private static final String FILES =
            "{\"output\":[{\"stdout\":\"a.txt\",\"stderr\":\"\",\"outcome\":{\"type\":\"exit\",\"exit_code\":0}}]}";

    private final ScriptedApplication app = new ScriptedApplication();

    @Test
    void isCalledAndAnsweredAndTheModelReadsTheAnswerAsClientsDo() {
        app.tools().shell(ShellToolTest::listing);
        app.model().then(calls(LIST), says("One file."), says("Again."));

        Turn turn = shell().says("What is here?").create();
        shell().says("Sure?").after(turn.id()).create();

        assertThat(TurnItems.output(turn))
                .hasExactlyElementsOfTypes(Item.Called.class, Item.Answered.class, Item.Said.class);
        assertThat(answer(turn)).isEqualTo(FILES);
        assertThat(app.tools().hostedCalls()).singleElement().satisfies(ran -> {
            assertThat(ran.call()).isEqualTo(LIST);
            assertThat(ran.form().containerId()).contains(ScriptedTools.CONTAINER);
        });
        assertThat(app.model().lastRequest().messages())
                .extracting(ShellToolTest::told)
                .containsExactly("What is here?", "[call_1]", "call_1: " + FILES, "One file.[]", "Sure?");
    }

    /** What is kept there is items, in which the call has the id that clients know it by. */
    @Test
    void isToldAgainInAConversation() {
        app.tools().shell(ShellToolTest::listing);
        ConversationId conversation =
                app.createConversation().create(Owner.SOLE, Map.of(), List.of()).id();
        app.model().then(calls(LIST, WEATHER), says("Sunny."));

        Turn turn = shell().clientTool("weather")
                .says("What is here?")
                .in(conversation)
                .create();
        shell().clientTool("weather").answers("call_2", "21").in(conversation).create();

        String id = called(turn).call().callId();
        assertThat(id).isNotEqualTo("call_1");
        assertThat(app.model().lastRequest().messages())
                .extracting(ShellToolTest::told)
                .containsExactly(
                        "What is here?", "[call_2, %s]".formatted(id), "call_2: 21", "%s: %s".formatted(id, FILES));
    }

    @Test
    void saysToBothWhyItCouldNotBeRun() {
        app.tools().shell((_, _) -> {
            throw new Tools.ToolFailed("no container is free");
        });
        app.model().then(calls(LIST), says("Pity."));

        Turn turn = shell().says("What is here?").create();

        String why = ShellOutput.failed("Error when running tool: no container is free")
                .members()
                .text();
        assertThat(answer(turn)).isEqualTo(why);
        assertThat(answered(turn).status()).isEqualTo(ItemStatus.COMPLETED);
        assertThat(told(app.model().lastRequest().messages().getLast())).isEqualTo("call_1: " + why);
    }

    @Test
    void isNotRunWithWhatIsNoJson() {
        app.tools().shell(ShellToolTest::listing);
        app.model().then(calls(call("call_1", new ToolArguments.Malformed("ls"))), says("Pity."));

        Turn turn = shell().says("What is here?").create();

        assertThat(app.tools().calls()).isEmpty();
        assertThat(called(turn).call().arguments()).isEqualTo(new ToolArguments.Malformed("ls"));
        assertThat(answer(turn)).contains("\"stderr\":\"Error when running tool: the arguments are not");
    }

    @Test
    void isCalledNoMoreOftenThanTheClientAllows() {
        app.tools().shell(ShellToolTest::listing);
        app.model().then(calls(LIST), calls(LIST), says("One file."));

        Turn turn = shell().maxToolCalls(1).says("What is here?").create();

        assertThat(app.tools().calls()).hasSize(1);
        assertThat(TurnItems.output(turn))
                .hasExactlyElementsOfTypes(Item.Called.class, Item.Answered.class, Item.Said.class);
        assertThat(told(app.model().lastRequest().messages().getLast())).contains("the limit of tool calls");
    }

    @Test
    void isWhatATypeOfToolsMeansThatMustBeCalled() {
        app.tools().shell(ShellToolTest::listing).tool("web_search", "search", "found");
        app.model().then(calls(LIST), says("One file."));

        shell().hostedTool(HostedKind.WEB_SEARCH, "web_search")
                .choosing(new ToolChoice.Hosted(HostedKind.SHELL, Optional.empty(), Optional.empty()))
                .says("What is here?")
                .create();

        assertThat(app.model().requests())
                .extracting(InferenceRequest::toolChoice)
                .containsExactly(new ToolChoice.Named(Shell.NAME), new ToolChoice.Auto());
    }

    /** Its reader was told of the first call: the second is another one for it. */
    @Test
    void isCalledAnewByWhoeverGoesOnWithALostRun() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        app.tools().shell((_, _) -> {
            reached.countDown();
            await(over);
            throw new Tools.ToolFailed("too late");
        });
        ScriptedApplication other = app.another();
        other.tools().shell(ShellToolTest::listing);
        app.model().then(calls(LIST));
        Turn queued = shell().says("What is here?").inBackground().create();
        Thread first = Thread.ofVirtual()
                .start(() ->
                        app.runInBackground().run(Owner.SOLE, app.scheduled().remove()));
        await(reached);
        while (app.store().last(Owner.SOLE, queued.id()) < 7) {
            Thread.onSpinWait();
        }

        app.store().stopHeart();
        other.model().then(says("One file."));
        other.runInBackground().run(Owner.SOLE, queued.id());
        over.countDown();
        join(first);

        Turn turn = app.readResponses().get(Owner.SOLE, queued.id());
        assertThat(turn.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(answer(turn)).isEqualTo(FILES);
        assertThat(follow(queued))
                .containsSubsequence(
                        "2 call call_1 running: shell",
                        "2 completed: ABANDONED TOOL_EXECUTION",
                        "3 call call_1 running: shell",
                        "3 completed: TOOL_EXECUTION SERVER [call_1=%s]".formatted(FILES),
                        "turn completed: END_OF_TURN One file.[]");
        assertThat(called(turn).call().callId()).endsWith("o02n00");
    }

    private ResponseFixture shell() {
        return response(app).hostedTool(HostedKind.SHELL, "shell");
    }

    private static Tools.Output listing(ToolCall call, Cancellation cancellation) {
        ShellOutput output = new ShellOutput(
                List.of(new ShellOutput.Ran("a.txt", "", new ShellOutput.Outcome.Exited(0))), Optional.empty());
        return new Tools.Output(output.content(), Optional.empty());
    }

    private static ToolCall call(String id, ToolArguments arguments) {
        return new ToolCall(id, Shell.NAME, arguments);
    }

    private static Item.Called called(Turn turn) {
        return first(turn, Item.Called.class, item -> !item.call().toolName().equals("weather"));
    }

    private static Item.Answered answered(Turn turn) {
        return first(turn, Item.Answered.class, _ -> true);
    }

    private static <T extends Item> T first(Turn turn, Class<T> type, Predicate<T> meant) {
        return TurnItems.output(turn).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(meant)
                .findFirst()
                .orElseThrow();
    }

    private static String answer(Turn turn) {
        assertThat(answered(turn).callId()).isEqualTo(called(turn).call().callId());
        return ((CallOutput.Members) answered(turn).output()).members().text();
    }

    private List<String> follow(Turn turn) {
        RecordingSink sink = new RecordingSink();
        app.followResponse().follow(Owner.SOLE, turn.id(), sink, new Cancellation());
        return sink.lines();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static String told(Message message) {
        return switch (message) {
            case Message.System(String text) -> text;
            case Message.User user -> user.content().text();
            case Message.Tool tool -> tool.callId() + ": " + tool.content().text();
            case Message.Assistant assistant ->
                assistant.text()
                        + assistant.toolCalls().stream().map(ToolCall::callId).toList();
        };
    }
}
