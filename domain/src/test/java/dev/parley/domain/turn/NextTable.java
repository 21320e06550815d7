package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.cutOff;
import static dev.parley.domain.message.MessageFixture.filtered;
import static dev.parley.domain.message.MessageFixture.goesOn;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.listed;
import static dev.parley.domain.tool.ToolFixture.malformedCall;
import static dev.parley.domain.tool.ToolFixture.server;
import static dev.parley.domain.tool.ToolFixture.serverTool;
import static dev.parley.domain.turn.ClientToolPolicy.END;
import static dev.parley.domain.turn.SampleTools.LOOK_UP;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.MEASURED;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.SampleTools.play;
import static dev.parley.domain.turn.SampleTools.withTools;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.parley.domain.item.ItemFixture;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import java.util.List;

/** The table of what comes next in a turn after which step, as examples of turns that have come so far. */
final class NextTable {

    /**
     * A turn, and how it goes on.
     *
     * @param after the kind of the turn's last step, or what else it begins with
     */
    record Row(String after, String when, Turn turn, String comes) {
        Row {
            requireNonNull(after, "after");
            requireNonNull(when, "when");
            requireNonNull(turn, "turn");
            requireNonNull(comes, "comes");
        }

        @Override
        public String toString() {
            return "%s, %s -> %s".formatted(after, when, comes);
        }
    }

    private static final String NOTHING = "nothing yet";
    private static final String INPUT_SHIELDS = "shields on the input";
    private static final String RETRIEVAL = "retrieval";
    private static final String LISTING = "a server's list of tools";
    private static final ToolCall FIND = call("call_7", "docs__find");
    private static final String INFERENCE = "inference";
    private static final String SERVER_TOOL = "tool of this server";
    private static final String COMPACTION = "compaction";
    private static final String CLIENT_TOOLS = "tools of the client";
    private static final String OUTPUT_SHIELDS = "shields on the output";

    private NextTable() {}

    static List<Row> rows() {
        TurnPlay plain = play();
        TurnPlay ends = play(withTools().clientToolPolicy(END));
        TurnPlay once = play(withTools().maxInferenceSteps(1));
        TurnPlay guarded = play(withTools().inputShields("guard"));
        TurnPlay guardedRetrieval = play(withTools().inputShields("guard").retrieveFrom("handbook"));
        TurnPlay retrieves = play(withTools().retrieveFrom("handbook"));
        TurnPlay watched = play(withTools().outputShields("guard"));
        TurnPlay thrifty = play(SpecFixture.response()
                .tools(serverTool("search"))
                .terms(TermsFixture.terms().maxOutputTokens(20).build()));
        TurnPlay compacts = play(SpecFixture.response()
                .tools(clientTool("measure"))
                .terms(TermsFixture.terms().compactAt(100).build()));
        TurnPlay asked = TurnPlay.of(TurnFixture.responseTurn(
                SpecFixture.response().build(), ItemFixture.user("Hi"), ItemFixture.compactionTrigger()));
        TurnPlay served = play(SpecFixture.response()
                .terms(TermsFixture.terms()
                        .hosted(server("docs"), server("maps"))
                        .build()));
        TurnPlay asking = play(SpecFixture.response()
                .terms(TermsFixture.terms()
                        .hosted(server("docs", new Approval.Always()))
                        .build()));
        TurnPlay agreed = ApprovalFixture.agreed(FIND);
        TurnPlay twice = play(withTools().clientToolPolicy(END).maxInferenceSteps(2));
        TurnPlay measured = plain.calls(MEASURE).clientAnswers(MEASURED);
        return List.of(
                row(NOTHING, "there are input shields", guarded, "CheckShields USER_INPUT"),
                row(NOTHING, "no input shields, but stores to look in", retrieves, "Retrieve"),
                row(NOTHING, "the input asks for it (`compaction_trigger`)", asked, "Compact"),
                row(NOTHING, "none of these", plain, "Infer"),
                row(INPUT_SHIELDS, "they object", guarded.shieldsObject("No."), "Completed"),
                row(
                        INPUT_SHIELDS,
                        "they pass, and stores were not looked in yet",
                        guardedRetrieval.shieldsPass(),
                        "Retrieve"),
                row(INPUT_SHIELDS, "they pass, and that is done or not wanted", guarded.shieldsPass(), "Infer"),
                row(RETRIEVAL, "always", retrieves.retrieves("text"), "Infer"),
                row(
                        "any step before the first inference",
                        "there are servers whose tools are not known",
                        served,
                        "ListTools"),
                row(
                        LISTING,
                        "there are more servers whose tools are not known",
                        served.lists(listed("find")),
                        "ListTools"),
                row(LISTING, "a server can't say, and there are no tools", asking.listsNothing("it is down"), "Failed"),
                row(
                        LISTING,
                        "all are known, and there are calls that the client has agreed to",
                        agreed.lists(listed("find")),
                        "RunTools"),
                row(LISTING, "all are known, and there are no such calls", asking.lists(listed("find")), "Infer"),
                row(
                        INFERENCE,
                        "the provider's filter has cut it off, `PAUSE`",
                        plain.answers(filtered("", MEASURE)),
                        "Failed"),
                row(
                        INFERENCE,
                        "the provider's filter has cut it off, `END`",
                        ends.answers(filtered("", MEASURE)),
                        "Completed"),
                row(
                        INFERENCE,
                        "a limit was reached (`max_infer_iters`, tokens)",
                        once.calls(SEARCH, MEASURE),
                        "Completed"),
                row(
                        INFERENCE,
                        "a limit was reached (`max_infer_iters`, tokens)",
                        plain.answers(cutOff("", MEASURE)),
                        "Completed"),
                row(INFERENCE, "no calls, and the model is done", plain.says("Hello"), "Completed"),
                row(
                        INFERENCE,
                        "no calls, the model means to go on, and its tokens are spent (`max_output_tokens`)",
                        thrifty.answers(goesOn("Well,"), 20),
                        "Completed"),
                row(INFERENCE, "no calls, and the model means to go on", plain.answers(goesOn("Well,")), "Infer"),
                row(INFERENCE, "calls, some for this server", plain.answers(calls(MEASURE, SEARCH)), "RunTools"),
                row(
                        INFERENCE,
                        "calls, some that nobody offered",
                        plain.calls(MEASURE, call("call_9", "made_up")),
                        "RunTools"),
                row(
                        INFERENCE,
                        "calls for the client that it can't read, `PAUSE`",
                        plain.calls(malformedCall("call_9", "measure", "{")),
                        "RunTools"),
                row(INFERENCE, "calls, all for the client, `PAUSE`", plain.calls(MEASURE), "AwaitingInput"),
                row(
                        INFERENCE,
                        "calls, all for the client or to be agreed to by it, `END`",
                        ends.calls(MEASURE),
                        "Completed"),
                row(
                        INFERENCE,
                        "calls, all for the client or to be agreed to by it, `END`",
                        asking.lists(listed("find")).calls(FIND),
                        "Completed"),
                row(
                        SERVER_TOOL,
                        "it was the last that the client had agreed to",
                        agreed.lists(listed("find")).toolRuns("found"),
                        "Infer"),
                row(
                        SERVER_TOOL,
                        "more calls for this server",
                        plain.calls(SEARCH, LOOK_UP).toolRuns("found"),
                        "RunTools"),
                row(
                        SERVER_TOOL,
                        "the other calls are the client's, `PAUSE`",
                        plain.calls(MEASURE, SEARCH).toolRuns("found"),
                        "AwaitingInput"),
                row(
                        SERVER_TOOL,
                        "the other calls are the client's, `END`",
                        ends.calls(MEASURE, SEARCH).toolRuns("found"),
                        "Completed"),
                row(
                        SERVER_TOOL,
                        "every call is answered, and the model's tokens are spent (`max_output_tokens`)",
                        thrifty.answers(calls(SEARCH), 20).toolRuns("found"),
                        "Completed"),
                row(
                        SERVER_TOOL,
                        "every call is answered, and only one inference is left, `END`",
                        twice.calls(SEARCH).toolRuns("found"),
                        "Infer, without tools"),
                row(SERVER_TOOL, "every call is answered", plain.calls(SEARCH).toolRuns("found"), "Infer"),
                row(CLIENT_TOOLS, "there are input shields", resumed(guarded.shieldsPass()), "CheckShields USER_INPUT"),
                row(CLIENT_TOOLS, "no input shields", measured, "Infer"),
                row(
                        "any step",
                        "the turn would rest, and there are output shields",
                        watched.says("Hello"),
                        "CheckShields ASSISTANT_OUTPUT"),
                row(
                        "any step",
                        "the turn would rest, and there are output shields",
                        watched.calls(MEASURE),
                        "CheckShields ASSISTANT_OUTPUT"),
                row(
                        "any step",
                        "the turn would complete without open calls, and is as long as its client allows"
                                + " (`compact_threshold`)",
                        compacts.says("Hello"),
                        "Compact"),
                row(
                        "any step",
                        "the turn would rest, and there are output shields",
                        watched.isStopped(says("Hel")),
                        "CheckShields ASSISTANT_OUTPUT"),
                row(COMPACTION, "always", asked.compacts("text"), "Completed"),
                row(COMPACTION, "always", compacts.says("Hello").compacts("text"), "Completed"),
                row(OUTPUT_SHIELDS, "they object", watched.calls(MEASURE).shieldsObject("No."), "Completed"),
                row(OUTPUT_SHIELDS, "they pass an answer", watched.says("Hello").shieldsPass(), "Completed"),
                row(
                        OUTPUT_SHIELDS,
                        "they pass what the provider's filter left, `PAUSE`",
                        watched.answers(filtered("How")).shieldsPass(),
                        "Failed"),
                row(
                        OUTPUT_SHIELDS,
                        "they pass calls for the client",
                        watched.calls(MEASURE).shieldsPass(),
                        "AwaitingInput"));
    }

    private static TurnPlay resumed(TurnPlay play) {
        return play.calls(MEASURE).clientAnswers(MEASURED);
    }

    private static Row row(String after, String when, TurnPlay play, String comes) {
        return new Row(after, when, play.turn(), comes);
    }

    /** What a turn asks for, or how it rests, in the words of the table. */
    static String comesNext(Turn turn) {
        return switch (turn.next()) {
            case Effect.CheckShields(Touchpoint touchpoint, var _, var _) -> "CheckShields " + touchpoint;
            case Effect.Infer(ToolChoice.None _) -> "Infer, without tools";
            case Effect.Rest() -> turn.state().getClass().getSimpleName();
            case Effect.Work work -> work.getClass().getSimpleName();
        };
    }

    /** The table as the README shows it. */
    static String markdown() {
        return "| After | When | Comes |\n|---|---|---|\n"
                + rows().stream()
                        .map(row -> "| %s | %s | %s |\n".formatted(row.after(), row.when(), row.comes()))
                        .distinct()
                        .collect(joining());
    }
}
