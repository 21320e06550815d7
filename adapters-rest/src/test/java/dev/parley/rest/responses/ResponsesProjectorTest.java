package dev.parley.rest.responses;

import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.malformedCall;
import static dev.parley.rest.responses.ResponseTurns.answer;
import static dev.parley.rest.responses.ResponseTurns.calls;
import static dev.parley.rest.responses.ResponseTurns.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Citation;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ShellOutput;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolFixture;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.ApprovalFixture;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.PartialAnswer;
import dev.parley.domain.turn.Replay;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnFixture;
import dev.parley.domain.turn.TurnPlay;
import dev.parley.rest.error.Problem;
import dev.parley.rest.sse.FrameBuffer;
import dev.parley.rest.sse.Frames;
import dev.parley.rest.sse.TurnEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The events of every order that there is, byte for byte but for the id of the turn (responses-api 9.5). */
final class ResponsesProjectorTest {

    private static final Path TRANSCRIPTS =
            Path.of(System.getProperty("basedir", "."), "src/test/resources/dev/parley/rest/responses/transcripts");
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("golden"));

    private static final ToolCall MEASURE = call("call_1", "measure", "{\"unit\":\"mmHg\"}");
    private static final ToolCall WEIGH = call("call_2", "body__weigh");
    private static final ToolCall WRITE = call("call_3", "write", "{\"input\":\"a \\\"b\\\"\"}");
    private static final ToolCall RUN = call("call_4", "run", "{\"command\":[\"ls\"]}");
    private static final ToolCall FILES = call("call_5", "file_search", "{\"queries\":[\"pulse\"]}");
    private static final ToolCall WEB = call("call_6", "web_search", "{\"query\":\"pulse\"}");
    private static final ToolCall DOCS = call("call_7", "docs__find", "{\"of\":\"pulse\"}");
    private static final ToolCall PYTHON = call("call_8", "python", "{\"code\":\"print(60)\"}");
    private static final ToolCall DRAW = call("call_10", "draw", "{\"prompt\":\"a heart\"}");
    private static final ToolCall LIST =
            call("call_11", Shell.NAME, "{\"commands\":[\"ls -l\",\"cat a\"],\"timeout_ms\":1000}");
    private static final JsonText SCORES_1 = new JsonText("[{\"token\":\"Hel\",\"logprob\":-0.1,\"top_logprobs\":[]}]");
    private static final JsonText SCORES_2 = new JsonText("[{\"token\":\"lo\",\"logprob\":-0.2,\"top_logprobs\":[]}]");
    private static final JsonText SCORES = new JsonText("[{\"token\":\"Hel\",\"logprob\":-0.1,\"top_logprobs\":[]},"
            + "{\"token\":\"lo\",\"logprob\":-0.2,\"top_logprobs\":[]}]");

    @Test
    void plainText() {
        assertTold("plain", hello());
    }

    @Test
    void textWithLogprobs() {
        Told told = begun().tells(new Delta.ScoredText("Hel", SCORES_1), new Delta.ScoredText("lo", SCORES_2))
                .then(turn -> turn.answers(answer(new Passage.Spoken("Hello", Optional.of(SCORES)))));

        assertTold("logprobs", told.sse("message.output_text.logprobs"));
        assertTold("plain", told.sse());
    }

    @Test
    void functionCalls() {
        Told told = begun().tells(
                        Deltas.of(new Delta.Text("One moment."), Deltas.call(MEASURE, 8), Deltas.call(WEIGH, 2)))
                .then(turn -> turn.answers(answer(Passage.Spoken.of("One moment."), calls(MEASURE), calls(WEIGH))));

        assertTold("function-calls", told);
    }

    @Test
    void customTool() {
        assertTold(
                "custom-tool",
                begun().tells(Deltas.of(Deltas.call(WRITE, 7))).then(turn -> turn.answers(answer(calls(WRITE)))));
    }

    @Test
    void toolWithAFormOfItsOwn() {
        assertTold(
                "local-shell",
                begun().tells(Deltas.of(Deltas.call(RUN, 7))).then(turn -> turn.answers(answer(calls(RUN)))));
    }

    @Test
    void rawReasoning() {
        assertTold("reasoning", thinking(Told.of(response().turn())));
    }

    @Test
    void rawReasoningAndItsSummary() {
        assertTold("reasoning-summary", thinking(Told.of(response().summarised().turn())));
    }

    @Test
    void sealedReasoning() {
        String told = thinking(begun()).sse("reasoning.encrypted_content");

        assertThat(told.replace(",\"encrypted_content\":\"sealed(reasoning:  Hm, well)\"", ""))
                .isNotEqualTo(told)
                .isEqualTo(thinking(begun()).sse());
    }

    @Test
    void refusal() {
        assertTold(
                "refusal",
                begun().tells(new Delta.Refused("I can"), new Delta.Refused("'t"))
                        .then(turn -> turn.answers(answer(new Passage.Refused("I can't")))));
    }

    @Test
    void aShieldAgainstTheOutput() {
        assertTold(
                "shield",
                Told.of(response().outputShields("guard").turn())
                        .tells(new Delta.Text("Bad."))
                        .then(turn -> turn.says("Bad."))
                        .tells(StepKind.SHIELD_CALL)
                        .then(turn -> turn.shieldsObject("I can't say that")));
    }

    @Test
    void compaction() {
        assertTold(
                "compaction",
                Told.of(response().compactAt(1).turn())
                        .tells(new Delta.Text("Hello"))
                        .then(turn -> turn.says("Hello"))
                        .tells(StepKind.COMPACTION)
                        .then(turn -> turn.sees(new Observation.Compacted(
                                "They greet.", Optional.empty(), TurnFixture.periodAfter(turn.turn())))));
    }

    @Test
    void webSearch() {
        assertTold("web-search", hosted(WEB, "{}"));
    }

    @Test
    void fileSearch() {
        String results =
                "{\"results\":[{\"file_id\":\"file-1\",\"filename\":\"a\",\"score\":0.5,\"text\":\"60\",\"attributes\":{}}]}";

        assertTold("file-search", hosted(FILES, results).sse("file_search_call.results"));
    }

    @Test
    void mcp() {
        assertTold("mcp", hosted(DOCS, "{}"));
        assertTold("mcp-failed", hosted(DOCS, "{\"error\":{\"type\":\"mcp_tool_execution_error\",\"content\":[]}}"));
    }

    @Test
    void codeInterpreter() {
        assertTold(
                "code-interpreter",
                hosted(PYTHON, "{\"container_id\":\"cntr_1\",\"outputs\":[{\"type\":\"logs\",\"logs\":\"60\"}]}")
                        .sse("code_interpreter_call.outputs"));
    }

    @Test
    void failedSearchesAndPrograms() {
        assertTold("web-search-failed", failing(WEB));
        assertTold("code-interpreter-failed", failing(PYTHON));
    }

    @Test
    void aServerOfTools() {
        ToolCall find = call("call_1", "site__find", "{\"of\":\"pulse\"}");
        Told told = Told.of(response().server("site", new Approval.Never()).turn())
                .tells(StepKind.TOOL_LISTING)
                .then(turn -> turn.lists(ToolFixture.listed("find"), ToolFixture.readOnly("read")))
                .tells(Deltas.of(new Delta.Reasoning("Hm"), Deltas.call(find, 9)))
                .then(turn -> turn.answers(answer(new Passage.Thought("Hm"), calls(find))))
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(find))
                .then(turn -> turn.toolRuns("60"))
                .tells(new Delta.Text("60."))
                .then(turn -> turn.says("60."));

        assertTold("mcp-list", told);
        assertThat(Told.sse(Told.encoder(-1), Replay.of(told.turn(), 0))).isEqualTo(told.sse());
    }

    @Test
    void aServerOfToolsThatCantSay() {
        Told told = Told.of(response()
                        .server("site", new Approval.Never())
                        .withoutTools()
                        .turn())
                .tells(StepKind.TOOL_LISTING)
                .then(turn -> turn.listsNothing("it is down"));

        assertTold("mcp-list-failed", told);
    }

    @Test
    void aCallThatTheClientIsAskedAbout() {
        ToolCall find = call("call_1", "site__find", "{\"of\":\"pulse\"}");
        Told told = Told.of(response().server("site", new Approval.Always()).turn())
                .tells(StepKind.TOOL_LISTING)
                .then(turn -> turn.lists(ToolFixture.listed("find")))
                .tells(Deltas.of(new Delta.Reasoning("Hm"), Deltas.call(find, 9)))
                .then(turn -> turn.answers(answer(new Passage.Thought("Hm"), calls(find))));

        assertTold("mcp-approval", told);
    }

    @Test
    void aCallThatTheClientHasAgreedTo() {
        Told told = Told.of(
                        response().decides(ApprovalFixture.asked(DOCS), true).turn())
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(DOCS))
                .then(turn -> turn.toolRuns("60"))
                .tells(new Delta.Text("60."))
                .then(turn -> turn.says("60."));

        assertTold("mcp-approved", told);
    }

    @Test
    void aCallThatTheClientHasNotAgreedTo() {
        Told told = Told.of(
                        response().decides(ApprovalFixture.asked(DOCS), false).turn())
                .tells(new Delta.Text("A pity."))
                .then(turn -> turn.says("A pity."));

        assertTold("mcp-refused", told);
    }

    @Test
    void anImage() {
        Told told = begun().tells(Deltas.of(Deltas.call(DRAW, 9)))
                .then(turn -> turn.answers(answer(calls(DRAW))))
                .tells(
                        StepKind.TOOL_EXECUTION,
                        new Delta.CallRunning(DRAW),
                        new Delta.PartialImage(
                                "YQ==", new JsonText("{\"size\":\"1024x1024\",\"output_format\":\"png\"}")),
                        new Delta.PartialImage("YWI=", JsonText.EMPTY_OBJECT))
                .then(turn -> turn.toolRuns(new ToolResponse(
                        DRAW.callId(),
                        DRAW.toolName(),
                        Content.of("It is there."),
                        Optional.of(new JsonText(
                                "{\"result\":\"YWJj\",\"size\":\"1024x1024\",\"revised_prompt\":\"A heart.\"}")))))
                .tells(new Delta.Text("Here."))
                .then(turn -> turn.says("Here."));

        assertTold("image", told);
    }

    @Test
    void anImageThatIsNotMade() {
        assertTold("image-failed", failing(DRAW));
    }

    @Test
    void aShell() {
        ShellOutput output = new ShellOutput(
                List.of(
                        new ShellOutput.Ran("a\n", "", new ShellOutput.Outcome.Exited(0)),
                        new ShellOutput.Ran("6", "slow", new ShellOutput.Outcome.TimedOut())),
                Optional.of(4096L));
        Told told = running(LIST)
                .then(turn -> turn.toolRuns(new ToolResponse(
                        LIST.callId(), LIST.toolName(), output.content(), Optional.empty(), List.of(), false)))
                .tells(new Delta.Text("One."))
                .then(turn -> turn.says("One."));

        assertTold("shell", told);
        assertThat(Told.sse(Told.encoder(-1), Replay.of(told.turn(), 0))).isEqualTo(told.sse());
    }

    @Test
    void aShellThatCantBeRun() {
        Told told = running(LIST)
                .then(turn -> turn.toolRuns(new ToolResponse(
                        LIST.callId(),
                        LIST.toolName(),
                        ShellOutput.failed("no container").content(),
                        Optional.empty(),
                        List.of(),
                        true)))
                .tells(new Delta.Text("A pity."))
                .then(turn -> turn.says("A pity."));

        assertTold("shell-failed", told);
    }

    /** The second attempt is another call for its reader. */
    @Test
    void aShellWhoseRunWasLost() {
        Told told = Told.of(response().inBackground().turn())
                .isPickedUp()
                .tells(Deltas.of(Deltas.call(LIST, 99)))
                .then(turn -> turn.answers(answer(calls(LIST))))
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(LIST))
                .isAbandoned()
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(LIST))
                .then(turn -> turn.toolRuns(
                        new ShellOutput(List.of(), Optional.empty()).members().text()))
                .tells(new Delta.Text("None."))
                .then(turn -> turn.says("None."));

        assertTold("shell-abandoned", told);
        StreamRules.read(told.sse());
    }

    @Test
    void aShellThatRunsWhenItsTurnBreaks() {
        String told = running(LIST).sseUntil(Problem.internal());

        assertTold("shell-broken", told);
        StreamRules.read(told);
    }

    /** Models that write no list of commands have still called something. */
    @Test
    void commandsThatAreNoneAreToldAsTheModelWroteThem() {
        for (ToolCall call : List.of(
                malformedCall("call_1", Shell.NAME, "ls -l"), call("call_1", Shell.NAME, "{\"commands\":\"ls -l\"}"))) {
            assertThat(running(call).sse())
                    .contains("\"command_index\":0,\"delta\":\"ls -l\"}", "\"commands\":[\"ls -l\"]");
        }
        assertThat(running(call("call_1", Shell.NAME, "{\"commands\":[]}")).sse())
                .contains("\"commands\":[\"{\\\"commands\\\":[]}\"]");
    }

    @Test
    void citations() {
        Citation page = new Citation.Page("https://example.org/pulse", "Pulse", 0, 8);
        Citation file = new Citation.File("file-1", "pulse.txt", 15);
        Told told = searched()
                .tells(
                        new Delta.Text("It is 60"),
                        new Delta.Cited(page),
                        new Delta.Text(", or 70"),
                        new Delta.Cited(file))
                .then(turn -> turn.says("It is 60【1】, or 70【2】"));

        assertTold("citations", told);
        assertThat(searched()
                        .tells(new Delta.Text("It is 60"))
                        .then(turn -> turn.says("It is 60【1】, or 70【2】"))
                        .sse())
                .as("what was not told of the citations is told with the text")
                .contains("\"annotation_index\":0,", "\"annotation_index\":1,");
    }

    @Test
    void hostedCallsBeyondTheLimitAreNotTold() {
        Told told = Told.of(response().maxToolCalls(1).turn())
                .tells(Deltas.of(Deltas.call(WEB, 9), Deltas.call(FILES, 9)))
                .then(turn -> turn.answers(answer(calls(WEB), calls(FILES))))
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(WEB))
                .then(turn -> turn.toolRuns("60"))
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(FILES))
                .then(turn -> turn.toolRuns("the limit is reached"))
                .tells(new Delta.Text("60."))
                .then(turn -> turn.says("60."));

        assertThat(told.sse()).contains("web_search_call").doesNotContain("file_search_call");
    }

    @Test
    void aCallThatNobodyOfferedIsNotTold() {
        ToolCall madeUp = call("call_9", "made_up");
        Told told = begun().tells(Deltas.of(new Delta.Text("a"), Deltas.call(madeUp, 1), new Delta.Text("b")))
                .then(turn -> turn.answers(answer(Passage.Spoken.of("a"), calls(madeUp), Passage.Spoken.of("b"))))
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(madeUp))
                .then(turn -> turn.toolRuns("Unknown tool"))
                .tells(new Delta.Text("c"))
                .then(turn -> turn.says("c"));

        assertTold("made-up-tool", told);
    }

    @Test
    void cutOffByALimit() {
        assertTold(
                "incomplete",
                begun().tells(new Delta.Text("Hel"))
                        .then(turn -> turn.answers(answer(StopReason.OUT_OF_TOKENS, Passage.Spoken.of("Hel")))));
    }

    @Test
    void cutOffInACall() {
        ToolCall cut = malformedCall("call_1", "measure", "{\"unit\":\"m");

        assertTold(
                "incomplete-call",
                begun().tells(Deltas.of(Deltas.call(cut, 8)))
                        .then(turn -> turn.answers(answer(StopReason.OUT_OF_TOKENS, calls(cut)))));
    }

    @Test
    void cutOffByAFilter() {
        assertTold(
                "content-filter",
                begun().tells(new Delta.Text("Hel"))
                        .then(turn -> turn.answers(answer(StopReason.FILTERED, Passage.Spoken.of("Hel")))));
    }

    @Test
    void failureInTheMiddle() {
        Told told = begun().tells(new Delta.Reasoning("Hm"), new Delta.Text("Hel"))
                .then(turn -> turn.sees(new Observation.Broke(
                        Failure.of(Failure.Code.RATE_LIMITED, "Too many requests; try again later"),
                        TurnFixture.after(turn.turn()))));

        assertTold("failed", told);
    }

    /** Whoever reads the turn afterwards sees what its reader was told. */
    @Test
    void whatAnAnswerThatBrokeOffHasToldIsKept() {
        PartialAnswer partial =
                new PartialAnswer(List.of(new Passage.Thought("Hm")), Optional.of(Passage.Spoken.of("Hel")));
        Told told = begun().tells(new Delta.Reasoning("Hm"), new Delta.Text("Hel"))
                .then(turn -> turn.sees(new Observation.AnswerBroke(
                        Failure.of(Failure.Code.RATE_LIMITED, "Too many requests; try again later"),
                        partial,
                        Optional.empty(),
                        TurnFixture.periodAfter(turn.turn()))));

        assertTold("failed", told);
        assertThat(Told.sse(Told.encoder(-1), Replay.of(told.turn(), 0))).isEqualTo(told.sse());
    }

    @Test
    void theStreamTellsAFailureAsTheTurnDoes() {
        Told told = begun().tells(new Delta.Reasoning("Hm"), new Delta.Text("Hel"));
        Failure failure = Failure.of(Failure.Code.RATE_LIMITED, "Too many requests; try again later");

        assertTold("failed", told.sseUntil(Problem.of(failure)));
    }

    @Test
    void aFailureIsToldOnce() {
        Told told = begun().then(TurnPlay::breaks);

        assertThat(told.sseUntil(Problem.internal())).isEqualTo(told.sse()).containsOnlyOnce("[DONE]");
    }

    @Test
    void aFailureInACall() {
        Told told = begun().tells(new Delta.CallOpened("call_1", "measure"), new Delta.CallArguments("{\"unit"));

        assertThat(told.sseUntil(Problem.internal()))
                .contains("\"status\":\"incomplete\",\"call_id\":\"call_1\",\"name\":\"measure\","
                        + "\"arguments\":\"{\\\"unit\"}]");
    }

    @Test
    void aMistakeBeforeTheStart() {
        FrameBuffer out = new FrameBuffer();
        Told.encoder(-1).encodeFailure(Problem.internal(), out);

        assertThat(Frames.text(out))
                .startsWith("event: error\ndata: {\"type\":\"error\",\"sequence_number\":0,\"code\":\"server_error\",")
                .endsWith("}\n\ndata: [DONE]\n\n")
                .containsOnlyOnce("event: ");
    }

    @Test
    void calledOff() {
        String told =
                begun().tells(new Delta.Text("Hel")).then(TurnPlay::isCancelled).sse();

        assertThat(told)
                .startsWith(begun().tells(new Delta.Text("Hel")).sse())
                .endsWith("\"delta\":\"Hel\",\"logprobs\":[]}\n\ndata: [DONE]\n\n");
    }

    @Test
    void inTheBackground() {
        assertTold("background", inBackground());
    }

    @Test
    void aRunThatWasLost() {
        Told told = Told.of(response().inBackground().turn())
                .isPickedUp()
                .tells(Deltas.of(Deltas.call(WEB, 99)))
                .then(turn -> turn.answers(answer(calls(WEB))))
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(WEB))
                .then(turn -> turn.toolRuns("60"))
                .tells(new Delta.Reasoning("Hm"), new Delta.Text("Six"))
                .isAbandoned()
                .tells(new Delta.Text("60."))
                .then(turn -> turn.says("60."));

        assertTold("abandoned", told);
    }

    @Test
    void aReaderWhoComesBackIsToldTheRest() {
        String all = inBackground().sse();
        List<String> frames = Arrays.asList(all.split("(?<=\n\n)", 0));

        for (int last = -1; last < frames.size() + 1; last++) {
            int from = Math.min(last + 1, frames.size() - 1);
            assertThat(inBackground().sse(last)).isEqualTo(String.join("", frames.subList(from, frames.size())));
        }
    }

    @Test
    void whatIsToldAgainIsToldInOnePiece() {
        Turn done = hello().turn();

        assertThat(Told.sse(Told.encoder(-1), Replay.of(done, 0)))
                .isEqualTo(begun().tells(new Delta.Text("Hello"))
                        .then(turn -> turn.says("Hello"))
                        .sse());
    }

    @Test
    void whatWasNotToldOfAStepIsToldWithIt() {
        Message.Assistant whole =
                answer(new Passage.Thought("Hm"), Passage.Spoken.of("Hello"), calls(MEASURE), calls(WRITE));
        String pieces = begun().tells(Deltas.of(
                        new Delta.Reasoning("Hm"),
                        new Delta.Text("Hel"),
                        new Delta.Text("lo"),
                        Deltas.call(MEASURE, 99),
                        Deltas.call(WRITE, 99)))
                .then(turn -> turn.answers(whole))
                .sse();

        assertThat(begun().tells(new Delta.Reasoning("Hm"), new Delta.Text("Hel"))
                        .then(turn -> turn.answers(whole))
                        .sse())
                .isEqualTo(pieces);
    }

    @Test
    void paddingIsThereForThoseWhoWantIt() {
        TurnEncoder encoder = new ResponsesProjector(Told.ITEMS, Told.RESPONSES).forStream(Includes.NONE, true, -1);
        String told = Told.sse(encoder, hello().events());

        assertThat(told)
                .containsPattern("\"delta\":\"Hel\",\"logprobs\":\\[],\"obfuscation\":\"[A-Za-z0-9]{1,16}\"}\n");
        assertTold("plain", told.replaceAll(",\"obfuscation\":\"[^\"]*\"", ""));
    }

    @Test
    void aSocketIsToldTheSameEventsAsMessages() {
        List<String> data = thinking(begun())
                .sse()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> line.substring("data: ".length()))
                .toList();

        assertThat(messages(Optional.empty())).hasSizeGreaterThan(9).isEqualTo(data);
        assertThat(messages(Optional.of("a.b")))
                .isEqualTo(data.stream()
                        .map(event -> event.substring(0, event.length() - 1) + ",\"stream_id\":\"a.b\"}")
                        .toList());
    }

    private static List<String> messages(Optional<String> streamId) {
        TurnEncoder encoder =
                new ResponsesProjector(Told.ITEMS, Told.RESPONSES).forSocket(Includes.NONE, false, streamId);
        String told = Told.sse(encoder, thinking(begun()).events());
        assertThat(told).endsWith("}\n");
        return told.lines().toList();
    }

    private static Told begun() {
        return Told.of(response().turn());
    }

    private static Told hello() {
        return begun().tells(new Delta.Text("Hel"), new Delta.Text("lo")).then(turn -> turn.says("Hello"));
    }

    private static Told inBackground() {
        return Told.of(response().inBackground().turn())
                .isPickedUp()
                .tells(new Delta.Text("Hel"), new Delta.Text("lo"))
                .then(turn -> turn.says("Hello"));
    }

    private static Told thinking(Told begun) {
        return begun.tells(new Delta.Reasoning(" Hm,"), new Delta.Reasoning(" well"), new Delta.Text("Hello"))
                .then(turn -> turn.answers(answer(new Passage.Thought(" Hm, well"), Passage.Spoken.of("Hello"))));
    }

    private static Told hosted(ToolCall call, String metadata) {
        return begun().tells(Deltas.of(Deltas.call(call, 9)))
                .then(turn -> turn.answers(answer(calls(call))))
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(call))
                .then(turn -> turn.sees(new Observation.ToolRan(
                        call,
                        new ToolResponse(
                                call.callId(), call.toolName(), Content.of("60"), Optional.of(new JsonText(metadata))),
                        TurnFixture.periodAfter(turn.turn()))))
                .tells(new Delta.Text("60."))
                .then(turn -> turn.says("60."));
    }

    private static Told running(ToolCall call) {
        return begun().tells(Deltas.of(Deltas.call(call, 9)))
                .then(turn -> turn.answers(answer(calls(call))))
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(call));
    }

    /** A search that has found a page and a file. */
    private static Told searched() {
        return begun().tells(Deltas.of(Deltas.call(WEB, 9)))
                .then(turn -> turn.answers(answer(calls(WEB))))
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(WEB))
                .then(turn -> turn.toolRuns(new ToolResponse(
                        WEB.callId(),
                        WEB.toolName(),
                        Content.EMPTY,
                        Optional.empty(),
                        List.of(
                                new Source.Page("https://example.org/pulse", "Pulse", "60"),
                                new Source.File("file-1", "pulse.txt", "70")),
                        false)));
    }

    private static Told failing(ToolCall call) {
        return begun().tells(Deltas.of(Deltas.call(call, 9)))
                .then(turn -> turn.answers(answer(calls(call))))
                .tells(StepKind.TOOL_EXECUTION, new Delta.CallRunning(call))
                .then(turn -> turn.toolRuns(new ToolResponse(
                        call.callId(), call.toolName(), Content.of("It is down."), Optional.empty(), List.of(), true)))
                .tells(new Delta.Text("A pity."))
                .then(turn -> turn.says("A pity."));
    }

    private static void assertTold(String transcript, Told told) {
        assertTold(transcript, told.sse());
    }

    private static void assertTold(String transcript, String told) {
        Path file = TRANSCRIPTS.resolve(transcript + ".sse");
        String words = told.replace(TurnFixture.TURN.hex(), "<turn>");
        try {
            if (REWRITE) {
                Files.writeString(file, words);
            }
            assertThat(words).as(file.toString()).isEqualTo(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
