package dev.parley.rest.agents;

import static dev.parley.domain.message.MessageFixture.cutOff;
import static dev.parley.domain.message.MessageFixture.thinks;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.malformedCall;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.tool.ToolFixture.serverTool;
import static dev.parley.domain.turn.TurnFixture.SESSION;
import static dev.parley.domain.turn.TurnFixture.TURN;
import static dev.parley.domain.turn.TurnFixture.turn;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.RichTurnFixture;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Replay;
import dev.parley.domain.turn.SpecFixture;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnPlay;
import dev.parley.rest.error.Problem;
import dev.parley.rest.sse.FrameBuffer;
import dev.parley.rest.sse.Frames;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The items of every sequence of the Agents API, byte for byte but for the ids (agents-api 4). */
final class AgentsProjectorTest {

    private static final ToolCall SEARCH = call("call_1", "search", "{\"query\": \"pulse\", \"n\": 1.10}");
    private static final ToolCall LOOK_UP = call("call_2", "look_up");
    private static final ToolCall MEASURE = call("call_3", "measure", "{\"unit\":\"mmHg\"}");
    private static final ToolCall ASK = call("call_4", "ask");

    @Test
    void aPlainTurn() {
        Turn begun = turn(plain().build());
        Turn done = TurnPlay.of(begun).says("Hello").turn();
        StepId step = begun.nextStepId();
        List<TurnEvent> events = new ArrayList<>();
        events.add(new TurnEvent.TurnStarted(begun));
        events.add(new TurnEvent.StepStarted(step, StepKind.INFERENCE, Optional.empty()));
        events.add(new TurnEvent.StepProgressed(step, StepKind.INFERENCE, new Delta.Text("Hel")));
        events.add(new TurnEvent.StepProgressed(step, StepKind.INFERENCE, new Delta.Text("lo")));
        events.addAll(done.factsSince(begun));

        assertThat(items(events)).isEqualTo(transcript("plain"));
    }

    @Test
    void shields() {
        assertThat(items(shielded().shieldsPass().says("Hello").shieldsPass())).isEqualTo(transcript("shields"));
    }

    @Test
    void aServerTool() {
        assertThat(items(played(plain()).calls(SEARCH).toolRuns("60").says("Sixty.")))
                .isEqualTo(transcript("server-tool"));
    }

    @Test
    void twoServerTools() {
        assertThat(items(played(plain())
                        .calls(SEARCH, LOOK_UP)
                        .toolRuns("60")
                        .toolRuns("")
                        .says("Sixty.")))
                .isEqualTo(transcript("two-server-tools"));
    }

    @Test
    void aClientToolAndItsAnswer() {
        TurnPlay awaiting = played(plain()).calls(MEASURE, ASK);
        TurnPlay resumed = awaiting.clientAnswers(response(MEASURE, "118/79"), response(ASK, "yes"))
                .says("You are well.");

        assertThat(items(awaiting)).isEqualTo(transcript("client-tool"));
        assertThat(items(Replay.of(resumed.turn(), awaiting.turn().steps().size())))
                .isEqualTo(transcript("client-tool-resumed"));
    }

    @Test
    void toolsOfBothSides() {
        TurnPlay awaiting = played(plain()).calls(MEASURE, SEARCH).toolRuns("60");

        assertThat(items(awaiting)).isEqualTo(transcript("mixed-tools"));
    }

    @Test
    void aShieldAgainstTheInput() {
        assertThat(items(shielded().shieldsObject("I can't help with that"))).isEqualTo(transcript("input-violation"));
    }

    @Test
    void aShieldAgainstTheOutput() {
        assertThat(items(shielded().shieldsPass().says("Bad.").shieldsObject("I can't say that")))
                .isEqualTo(transcript("output-violation"));
    }

    @Test
    void retrieval() {
        assertThat(items(played(plain().retrieveFrom("handbook", "letters"))
                        .retrieves("Normal is 120/80.")
                        .says("Hello")))
                .isEqualTo(transcript("retrieval"));
    }

    @Test
    void theLimitOfInferenceSteps() {
        assertThat(items(played(plain().maxInferenceSteps(1)).calls(MEASURE))).isEqualTo(transcript("max-infer-iters"));
    }

    @Test
    void tokensRunOut() {
        assertThat(items(played(plain()).answers(cutOff("Hel")))).isEqualTo(transcript("out-of-tokens"));
        assertThat(items(played(plain()).answers(cutOff("", MEASURE))))
                .isEqualTo(transcript("out-of-tokens-in-a-call"));
    }

    @Test
    void aCallThatCantBeRead() {
        assertThat(items(played(plain())
                        .calls(malformedCall("call_9", "measure", "{\"unit\": \"mm"))
                        .toolRuns("Error when running tool: the arguments are not a JSON object")
                        .says("Sorry.")))
                .isEqualTo(transcript("malformed-call"));
    }

    @Test
    void aCallThatWasWrittenOnSeveralLinesStandsOnOne() {
        String items = items(played(plain()).calls(call("call_1", "measure", "{\n\t\"unit\":\r\n \"mm\"\n}")));

        assertThat(items)
                .contains("\"arguments\":{ \t\"unit\":   \"mm\" },"
                        + "\"arguments_json\":\"{\\n\\t\\\"unit\\\":\\r\\n \\\"mm\\\"\\n}\"");
        assertThat(items.split("\n\n")).allSatisfy(item -> assertThat(item).doesNotContain("\n", "\r"));
    }

    @Test
    void halfASurrogatePairOfAModelDoesNotBreakTheStream() {
        assertThat(items(played(plain()).says("a\ud83d"))).contains("\"content\":\"a?\"", "\"text\":\"a\ufffd\"");
    }

    @Test
    void reasoningIsNotShown() {
        assertThat(items(played(plain()).answers(thinks("Hm.", "Hello"))))
                .isEqualTo(items(played(plain()).says("Hello")))
                .doesNotContain("Hm.");
    }

    @Test
    void aCancelledTurnIsLeftToTheStream() {
        assertThat(items(played(plain()).isCancelled())).isEmpty();
    }

    @Test
    void aProblemIsTheLastItem() {
        FrameBuffer out = new FrameBuffer();
        projector(false).encodeFailure(Problem.of(HttpStatus.NOT_FOUND, "Session \"x\" not found"), out);

        assertThat(Frames.text(out)).isEqualTo("""
            data: {"error":{"message":"404: Session \\"x\\" not found"}}

            """);
    }

    @Test
    void aTurnStartIsToldOnlyWhenAskedFor() {
        FrameBuffer out = new FrameBuffer();
        TurnEvent event = new TurnEvent.TurnStarted(turn(plain().build()));
        projector(false).encode(event, out);
        assertThat(Frames.text(out)).isEmpty();

        projector(true).encode(event, out);
        assertThat(Frames.text(out)).isEqualTo("""
            data: {"event":{"payload":{"event_type":"turn_start","turn_id":"%s"}}}

            """.formatted(TURN));
    }

    @Test
    void everyItemIsOneLineWhateverIsInIt() {
        RichTurnFixture.everyLife(SESSION).forEach(life -> {
            FrameBuffer out = new FrameBuffer();
            Replay.of(life.getLast(), 0).forEach(event -> projector(true).encode(event, out));
            String all = Frames.text(out);

            assertThat(all).endsWith("\n\n");
            assertThat(all.substring(0, all.length() - 2).split("\n\n", -1))
                    .hasSizeGreaterThan(life.getLast().steps().size())
                    .allSatisfy(item ->
                            assertThat(item).startsWith("data: {").endsWith("}").doesNotContain("\n", "\r"));
        });
    }

    private static SpecFixture plain() {
        return SpecFixture.spec()
                .tools(clientTool("measure"), clientTool("ask"), serverTool("search"), serverTool("look_up"));
    }

    private static TurnPlay played(SpecFixture spec) {
        return TurnPlay.of(turn(spec.build()));
    }

    private static TurnPlay shielded() {
        return played(plain().inputShields("guard").outputShields("guard"));
    }

    private static AgentsProjector projector(boolean emitTurnStart) {
        return new AgentsProjector(Wire.JSON, new AgentsSettings(emitTurnStart));
    }

    private static String items(TurnPlay play) {
        return items(Replay.of(play.turn(), 0));
    }

    /** The items, with words for the ids. */
    private static String items(List<TurnEvent> events) {
        FrameBuffer out = new FrameBuffer();
        AgentsProjector projector = projector(false);
        events.forEach(event -> projector.encode(event, out));
        String items = Frames.text(out).replace(TURN.value(), "<turn>").replace(SESSION.value(), "<session>");
        for (int index = 0; index < 10; index++) {
            items = items.replace(StepId.of(TURN, index).value(), "<step " + index + ">");
        }
        return items;
    }

    private static String transcript(String name) {
        try (InputStream file =
                requireNonNull(AgentsProjectorTest.class.getResourceAsStream("transcripts/" + name + ".sse"), name)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
