package dev.parley.application.turn;

import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.AgentFixture.tool;
import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static dev.parley.application.testing.ResponseFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.FaultyJournal;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.testing.ScriptedTools;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The calls of one message that this server answers run at the same time and are told one after another. */
class CallsAtOnceTest {

    private static final ToolCall FIRST = call("call_1", "first");
    private static final ToolCall SECOND = call("call_2", "second");
    private static final ToolCall MEASURE = call("call_m", "measure");

    private final ScriptedApplication app = new ScriptedApplication();
    private final RecordingSink sink = new RecordingSink();
    private final Cancellation cancellation = new Cancellation();

    @Test
    void theyMeetAndAreToldInTheOrderOfTheModel() {
        CyclicBarrier both = new CyclicBarrier(2);
        CountDownLatch secondIsDone = new CountDownLatch(1);
        app.tools()
                .tool("lab", "first", (_, _) -> {
                    meet(both);
                    Patient.await(secondIsDone);
                    return text("one");
                })
                .tool("lab", "second", (_, _) -> {
                    meet(both);
                    secondIsDone.countDown();
                    return text("two");
                });
        app.model().then(calls(FIRST, SECOND), says("Done"));

        Turn turn = chat().say("Hi", sink);

        assertThat(sink.lines())
                .containsSubsequence(
                        "2 started: TOOL_EXECUTION",
                        "2 call call_1 running: first",
                        "2 completed: TOOL_EXECUTION SERVER [call_1=one]",
                        "3 started: TOOL_EXECUTION",
                        "3 call call_2 running: second",
                        "3 completed: TOOL_EXECUTION SERVER [call_2=two]",
                        "4 started: INFERENCE");
        assertThat(turn.steps()).hasSize(4);
    }

    @Test
    void noMoreThanTheLimitRunAtATimeAndTheFirstBeginFirst() {
        AtomicInteger running = new AtomicInteger();
        List<Integer> seen = new ArrayList<>();
        int limit = ScriptedApplication.LIMITS.maxParallelCalls();
        CyclicBarrier full = new CyclicBarrier(limit);
        app.tools().tool("lab", "first", (_, _) -> {
            synchronized (seen) {
                seen.add(running.incrementAndGet());
            }
            meet(full);
            running.decrementAndGet();
            return text("done");
        });
        ToolCall[] many = IntStream.range(0, 3 * limit)
                .mapToObj(index -> call("call_" + index, "first"))
                .toArray(ToolCall[]::new);
        app.model().then(calls(many), says("Done"));

        Turn turn = chat().say("Hi");

        assertThat(seen).hasSize(3 * limit).allMatch(count -> count <= limit).contains(limit);
        assertThat(turn.steps().stream()
                        .filter(Step.ToolExecution.class::isInstance)
                        .map(step -> ((Step.ToolExecution) step).calls().getFirst()))
                .containsExactly(many);
    }

    @Test
    void whatTheClientRunsIsHandedOutWhenAllElseIsDone() {
        app.tools().tool("lab", "first", "one").tool("lab", "second", "two");
        app.model().then(calls(FIRST, MEASURE, SECOND));

        Turn turn = chat().say("Hi", sink);

        assertThat(turn.state())
                .isInstanceOfSatisfying(
                        TurnState.AwaitingInput.class,
                        awaiting -> assertThat(awaiting.pending()).containsExactly(MEASURE));
        assertThat(sink.lines())
                .containsSubsequence(
                        "2 completed: TOOL_EXECUTION SERVER [call_1=one]",
                        "3 completed: TOOL_EXECUTION SERVER [call_2=two]",
                        "turn awaits input: END_OF_MESSAGE [call_m]");
        assertThat(app.tools().calls()).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void oneThatFailsKeepsNoneOfTheOthersFromTheirAnswers() {
        app.tools()
                .tool("lab", "first", (_, _) -> {
                    throw new IllegalStateException("a secret of the server");
                })
                .tool("lab", "second", "two");
        app.model().then(calls(FIRST, call("call_x", "made_up"), SECOND), says("Done"));

        chat().say("Hi", sink);

        assertThat(sink.lines())
                .containsSubsequence(
                        "2 completed: TOOL_EXECUTION SERVER [call_1=Error when running tool: the tool failed inside"
                                + " the server]",
                        "3 completed: TOOL_EXECUTION SERVER [call_x=Unknown tool 'made_up'. The tools are: [measure,"
                                + " first, second].]",
                        "4 completed: TOOL_EXECUTION SERVER [call_2=two]",
                        "turn completed: END_OF_TURN Done[]");
    }

    @Test
    void callingTheTurnOffCallsAllOfThemOff() {
        CyclicBarrier all = new CyclicBarrier(3);
        CountDownLatch heard = new CountDownLatch(2);
        ScriptedTools.Doing waits = (_, wish) -> {
            meet(all);
            wish.await(Duration.ofDays(1));
            heard.countDown();
            throw new Tools.ToolFailed("called off");
        };
        app.tools().tool("lab", "first", waits).tool("lab", "second", waits);
        app.model().then(calls(FIRST, SECOND));
        Chat chat = chat();
        Future<Turn> running = Patient.start(() -> chat.create(chat.saying("Hi"), sink, cancellation));
        meet(all);

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(Patient.get(running).state()).isEqualTo(new TurnState.Cancelled());
        Patient.await(heard);
        assertThat(chat.stored()).hasSize(1);
    }

    @Test
    void whatWasStoredStaysWhenTheStoreFailsInTheMiddle() {
        CyclicBarrier both = new CyclicBarrier(2);
        CountDownLatch heard = new CountDownLatch(1);
        app.tools()
                .tool("lab", "first", (_, _) -> {
                    meet(both);
                    return text("one");
                })
                .tool("lab", "second", (_, wish) -> {
                    meet(both);
                    wish.await(Duration.ofDays(1));
                    heard.countDown();
                    throw new Tools.ToolFailed("called off");
                });
        app.model().then(calls(FIRST, SECOND));
        Chat chat = chat();
        app.journal().beforeSave(() -> {});
        app.journal().failSave();

        assertThat(catchThrowableOfType(FaultyJournal.StoreFailed.class, () -> chat.say("Hi", sink)))
                .isNotNull();

        assertThat(chat.stored().getFirst().steps()).hasSize(1);
        assertThat(sink.lines()).endsWith("2 started: TOOL_EXECUTION", "2 call call_1 running: first");
        Patient.await(heard);
    }

    @Test
    void aTurnHasABudgetOfCallsAndTheModelIsToldWhenItIsSpent() {
        int budget = ScriptedApplication.LIMITS.maxCallsPerTurn();
        app.tools().tool("lab", "first", "one");
        ToolCall[] many = IntStream.range(0, budget + 2)
                .mapToObj(index -> call("call_" + index, "first"))
                .toArray(ToolCall[]::new);
        app.model().then(calls(many), says("Done"));

        Turn turn = chat().say("Hi");

        assertThat(app.tools().calls()).hasSize(budget);
        assertThat(turn.steps()).hasSize(budget + 4);
        assertThat(((Step.ToolExecution) turn.steps().get(budget + 1))
                        .responses()
                        .getFirst()
                        .content()
                        .text())
                .isEqualTo("Error when running tool: this server answers at most 50 tool calls in a turn; answer with"
                        + " what is known");
        assertThat(turn.state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void theClientsOwnLimitHoldsWithinAMessage() {
        app.tools().tool("web_search", "first", "one").tool("web_search", "second", "two");
        app.model().then(calls(FIRST, SECOND), says("Done"));

        response(app)
                .hostedTool(HostedKind.WEB_SEARCH, "web_search")
                .maxToolCalls(1)
                .says("Hi")
                .create();

        assertThat(app.tools().calls()).containsExactly(FIRST);
    }

    /** What is done is done: another process goes on behind the calls that were begun, and does none of them twice. */
    @Test
    void aProcessThatEndsKeepsTheAnswersOfTheCallsThatItHasBegun() {
        CountDownLatch secondIsDone = new CountDownLatch(1);
        app.tools()
                .tool("web_search", "first", (_, wish) -> {
                    Patient.await(secondIsDone);
                    app.running().drain(Duration.ZERO);
                    wish.await(Duration.ofDays(1));
                    throw new Tools.ToolFailed("called off");
                })
                .tool("web_search", "second", (_, _) -> {
                    secondIsDone.countDown();
                    return text("two");
                });
        app.model().then(calls(FIRST, SECOND));
        Turn queued = response(app)
                .hostedTool(HostedKind.WEB_SEARCH, "web_search")
                .says("Hi")
                .inBackground()
                .create();

        assertThat(catchThrowableOfType(
                                Refusal.class, () -> app.runInBackground().run(Owner.SOLE, queued.id()))
                        .code())
                .isEqualTo(Refusal.Code.UNAVAILABLE);

        Turn left = app.readResponses().get(Owner.SOLE, queued.id());
        assertThat(left.state()).isEqualTo(new TurnState.Running());
        assertThat(left.steps()).hasSize(3);
        assertThat(((Step.ToolExecution) left.steps().getLast())
                        .responses()
                        .getFirst()
                        .content()
                        .text())
                .isEqualTo("two");
    }

    @Test
    void whatEachShowsIsToldWithItsOwnStep() {
        CyclicBarrier both = new CyclicBarrier(2);
        for (String name : List.of("first", "second")) {
            app.tools().showing("image_generation", name, (_, progress, _) -> {
                meet(both);
                progress.partialImage(new Delta.PartialImage(name, JsonText.EMPTY_OBJECT));
                meet(both);
                return text("drawn");
            });
        }
        app.model().then(calls(FIRST, SECOND), says("Done"));

        response(app)
                .hostedTool(HostedKind.IMAGE_GENERATION, "image_generation")
                .says("Draw")
                .create(sink);

        assertThat(sink.lines())
                .containsSubsequence(
                        "2 call call_1 running: first",
                        "2 image: first {}",
                        "2 completed: TOOL_EXECUTION SERVER [call_1=drawn]",
                        "3 call call_2 running: second",
                        "3 image: second {}",
                        "3 completed: TOOL_EXECUTION SERVER [call_2=drawn]");
    }

    @Test
    void callsAreRunWithTheKeysOfTheirRequestAndTheArgumentsOfTheirTurn() {
        app.tools().tool("lab", "first", "one");
        app.model().then(calls(FIRST), says("Done"));
        Chat chat = chat();
        Caller caller = new Caller(Owner.SOLE, Optional.of(new JsonText("{\"key\":\"secret\"}")));

        Turn turn = app.createTurn().create(caller, chat.saying("Hi"), sink, cancellation);

        assertThat(app.tools().callers()).hasSize(2).containsOnly(caller);
        assertThat(app.tools().groupCalls().getFirst().form())
                .isEqualTo(new CallForm.Grouped("lab", "first", Optional.of(new JsonText("{\"scale\":2}"))));
        assertThat(turn.toString() + chat.stored() + sink.events()).doesNotContain("secret");
    }

    private Chat chat() {
        return app.chat(config(
                List.of(tool("measure")),
                List.of(new ToolGroup("lab", Optional.of(new JsonText("{\"scale\":2}")))),
                List.of()));
    }

    private static ToolCall call(String id, String name) {
        return new ToolCall(id, name, new ToolArguments.Json("{}"));
    }

    private static Tools.Output text(String text) {
        return new Tools.Output(Content.of(text), Optional.empty());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new AssertionError("the others did not come", alone);
        }
    }
}
