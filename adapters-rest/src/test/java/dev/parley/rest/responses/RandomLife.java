package dev.parley.rest.responses;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ShellOutput;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolFixture;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.AnswerSoFar;
import dev.parley.domain.turn.ApprovalFixture;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Effect;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnFixture;
import dev.parley.domain.turn.TurnPlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Plays a turn in which everything is left to chance, and writes down what its reader is told: often not all of it. */
final class RandomLife {

    private final Random random;
    private int calls;

    RandomLife(long seed) {
        random = new Random(seed);
    }

    Told play() {
        ResponseTurns turns = ResponseTurns.response();
        if (random.nextBoolean()) {
            turns.summarised();
        }
        if (oneIn(3)) {
            turns.maxToolCalls(random.nextInt(3) + 1);
        }
        if (oneIn(4)) {
            turns.outputShields("guard");
        }
        if (oneIn(4)) {
            turns.compactAt(1);
        }
        if (oneIn(3)) {
            turns.server("web", random.nextBoolean() ? new Approval.Always() : new Approval.Never());
        }
        if (oneIn(4)) {
            turns.decides(ApprovalFixture.asked(ToolFixture.call("call_0", "docs__find")), !oneIn(3));
        }
        boolean background = oneIn(3);
        Told told = Told.of(background ? turns.inBackground().turn() : turns.turn());
        if (background && !oneIn(8)) {
            told.isPickedUp();
        } else if (background) {
            return told.then(TurnPlay::isCancelled);
        }
        while (told.turn().next() instanceof Effect.Work work) {
            if (oneIn(25)) {
                return oneIn(3) ? told.tells(some(pieces(answer()))).then(TurnPlay::isCancelled) : breaks(told, work);
            }
            perform(told, work);
        }
        return told;
    }

    private Told breaks(Told told, Effect.Work work) {
        if (!(work instanceof Effect.Infer)) {
            return told.then(TurnPlay::breaks);
        }
        Delta[] pieces = some(pieces(answer()));
        AnswerSoFar soFar = new AnswerSoFar();
        for (Delta piece : pieces) {
            soFar.add(piece);
        }
        return told.tells(pieces).then(turn -> turn.breaksAfter(soFar.told()));
    }

    private void perform(Told told, Effect.Work work) {
        switch (work) {
            case Effect.Infer _ -> {
                if (oneIn(6)) {
                    told.tells(some(pieces(answer()))).isAbandoned();
                }
                Message.Assistant answer = answer();
                List<Delta> pieces = pieces(answer);
                told.tells(oneIn(3) ? some(pieces) : pieces.toArray(Delta[]::new))
                        .then(turn -> turn.answers(answer));
            }
            case Effect.RunTools(List<ToolCall> asked) -> {
                ToolCall call = asked.getFirst();
                if (oneIn(6)) {
                    told.tells(StepKind.TOOL_EXECUTION, running(call)).isAbandoned();
                }
                if (!oneIn(6)) {
                    told.tells(StepKind.TOOL_EXECUTION, running(call));
                }
                told.then(turn -> turn.sees(ran(turn.turn(), call)));
            }
            case Effect.CheckShields _ ->
                told.tells(StepKind.SHIELD_CALL)
                        .then(oneIn(3) ? turn -> turn.shieldsObject("No.") : TurnPlay::shieldsPass);
            case Effect.Compact _ ->
                told.tells(StepKind.COMPACTION)
                        .then(turn -> turn.sees(new Observation.Compacted(
                                oneIn(3) ? "" : text(), Optional.empty(), TurnFixture.periodAfter(turn.turn()))));
            case Effect.ListTools _ -> {
                if (oneIn(6)) {
                    told.tells(StepKind.TOOL_LISTING).isAbandoned();
                }
                if (!oneIn(6)) {
                    told.tells(StepKind.TOOL_LISTING);
                }
                told.then(
                        oneIn(3)
                                ? turn -> turn.listsNothing(text())
                                : turn -> turn.lists(ToolFixture.listed("open"), ToolFixture.readOnly("read")));
            }
            case Effect.Retrieve _ -> told.then(turn -> turn.retrieves("x"));
        }
    }

    /** Whatever the call is one of, it may show images. */
    private Delta[] running(ToolCall call) {
        List<Delta> deltas = new ArrayList<>(List.of(new Delta.CallRunning(call)));
        for (int left = oneIn(2) ? random.nextInt(4) : 0; left > 0; left--) {
            deltas.add(new Delta.PartialImage("YQ==", new JsonText(oneIn(2) ? "{}" : "{\"size\":\"1x1\"}")));
        }
        return deltas.toArray(Delta[]::new);
    }

    private Observation ran(Turn turn, ToolCall call) {
        Optional<JsonText> metadata = switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new JsonText("{\"error\":{\"type\":\"http_error\",\"code\":500,\"message\":\"m\"}}"));
            default ->
                Optional.of(new JsonText(
                        "{\"container_id\":\"cntr_1\",\"results\":[{\"a\":1}],\"result\":\"YQ==\",\"size\":\"1x1\"}"));
        };
        return new Observation.ToolRan(
                call,
                new ToolResponse(call.callId(), call.toolName(), content(call), metadata, sources(), oneIn(4)),
                TurnFixture.periodAfter(turn));
    }

    /** A shell that does not say what it has run, or not as it should, must not keep an answer from going out. */
    private Content content(ToolCall call) {
        if (!call.toolName().equals(Shell.NAME) || oneIn(6)) {
            return Content.of(text());
        }
        int most = ShellJson.commands(call).size();
        List<ShellOutput.Ran> ran = Stream.generate(() -> new ShellOutput.Ran(
                        oneIn(3) ? "" : text(),
                        oneIn(3) ? "" : text(),
                        oneIn(3)
                                ? new ShellOutput.Outcome.TimedOut()
                                : new ShellOutput.Outcome.Exited(oneIn(2) ? 0 : 2)))
                .limit(random.nextInt(most + 1))
                .toList();
        return new ShellOutput(ran, oneIn(2) ? Optional.empty() : Optional.of(100L)).content();
    }

    private List<Source> sources() {
        return oneIn(2) ? List.of() : List.of(new Source.Page("https://example.org", "A", text()));
    }

    /** Neighbours of one kind would be one passage, and a call that nobody is told of parts what stands beside it. */
    private Message.Assistant answer() {
        List<Passage> passages = new ArrayList<>();
        int last = -1;
        for (int left = random.nextInt(5); left >= 0; left--) {
            int kind = random.nextInt(5);
            if (kind == last && kind < 3) {
                kind = 3;
            }
            last = kind;
            passages.add(
                    switch (kind) {
                        case 0 -> new Passage.Thought(text());
                        case 1 -> spoken();
                        case 2 -> new Passage.Refused(text());
                        default -> new Passage.Called(call());
                    });
        }
        StopReason reason = switch (random.nextInt(8)) {
            case 0 -> StopReason.OUT_OF_TOKENS;
            case 1 -> StopReason.FILTERED;
            default -> StopReason.END_OF_TURN;
        };
        return new Message.Assistant(passages, reason);
    }

    private Passage spoken() {
        return random.nextBoolean()
                ? Passage.Spoken.of(text())
                : new Passage.Spoken(text(), Optional.of(new JsonText("[{\"token\":\"a\",\n\"logprob\":-1.50}]")));
    }

    private ToolCall call() {
        List<OfferedTool> tools = ResponseTurns.TOOLS;
        int chosen = random.nextInt(tools.size() + 2);
        String name = chosen < tools.size() ? tools.get(chosen).name() : oneIn(2) ? "made_up" : "web__open";
        ToolArguments arguments = switch (random.nextInt(6)) {
            case 3 -> new ToolArguments.Json("{\"commands\":[\"ls \\\"a\\\"\",\n\"\",\"pwd\"],\"timeout_ms\":5}");
            case 4 -> new ToolArguments.Json("{\"commands\":\"ls\"}");
            case 0 -> new ToolArguments.Malformed("{\"a" + text());
            case 1 -> new ToolArguments.Json("{}");
            case 2 -> new ToolArguments.Json("{\"input\":\"\\u0001 x\",\n\"code\":\"\",\"query\":\"q\"}");
            default -> new ToolArguments.Json("{\"input\": \"a \\\"b\\\"\",\"type\":\"x\"}");
        };
        return new ToolCall("call_" + ++calls, name, arguments);
    }

    private List<Delta> pieces(Message.Assistant answer) {
        List<Delta> pieces = new ArrayList<>();
        for (Passage passage : answer.passages()) {
            switch (passage) {
                case Passage.Thought(String text) -> cut(text).forEach(part -> pieces.add(new Delta.Reasoning(part)));
                case Passage.Refused(String text) -> cut(text).forEach(part -> pieces.add(new Delta.Refused(part)));
                case Passage.Spoken(String text, Optional<JsonText> logprobs, var _) ->
                    logprobs.ifPresentOrElse(
                            scores -> pieces.add(new Delta.ScoredText(text, scores)),
                            () -> cut(text).forEach(part -> pieces.add(new Delta.Text(part))));
                case Passage.Called(ToolCall call) -> pieces.addAll(Deltas.call(call, 1 + random.nextInt(9)));
            }
        }
        return pieces;
    }

    private List<String> cut(String text) {
        List<String> parts = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = Math.min(text.length(), start + 1 + random.nextInt(4));
            parts.add(text.substring(start, end));
            start = end;
        }
        return parts;
    }

    /** The first of them. */
    private Delta[] some(List<Delta> pieces) {
        return pieces.subList(0, random.nextInt(pieces.size() + 1)).toArray(Delta[]::new);
    }

    private String text() {
        String letters = " aé\n\"\\中x";
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(12); left >= 0; left--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }
}
