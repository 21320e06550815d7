package dev.parley.rest.agents;

import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.turn.TurnFixture.SESSION;
import static dev.parley.domain.turn.TurnFixture.TURN;
import static dev.parley.domain.turn.TurnFixture.turn;
import static dev.parley.domain.turn.TurnFixture.turnWithEveryKindOfStep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.RichTurnFixture;
import dev.parley.domain.turn.SpecFixture;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnPlay;
import org.junit.jupiter.api.Test;

/** Turns on the wire in every state (agents-api 2.8). */
final class TurnJsonTest {

    private static final TurnPlay BEGUN =
            TurnPlay.of(turn(SpecFixture.spec().tools(clientTool("measure")).build()));

    @Test
    void aTurnThatRuns() {
        assertThat(json(BEGUN.turn())).isEqualTo("""
            {"turn_id":"%s","session_id":"%s",\
            "input_messages":[{"role":"user","content":"Hi","context":null}],"steps":[],\
            "output_message":{"role":"assistant","content":"","stop_reason":"end_of_turn","tool_calls":[]},\
            "output_attachments":[],"started_at":"2025-04-28T21:06:00.123456Z","completed_at":null,\
            "status":"running","failure":null}\
            """.formatted(TURN, SESSION));
    }

    @Test
    void aTurnThatIsDone() {
        assertThat(json(BEGUN.says("Hello").turn())).isEqualTo("""
            {"turn_id":"%s","session_id":"%s",\
            "input_messages":[{"role":"user","content":"Hi","context":null}],\
            "steps":[{"turn_id":"%s","step_id":"%s",\
            "started_at":"2025-04-28T21:06:00.124457Z","completed_at":"2025-04-28T21:06:00.374457Z",\
            "step_type":"inference",\
            "model_response":{"role":"assistant","content":"Hello","stop_reason":"end_of_turn","tool_calls":[]}}],\
            "output_message":{"role":"assistant","content":"Hello","stop_reason":"end_of_turn","tool_calls":[]},\
            "output_attachments":[],"started_at":"2025-04-28T21:06:00.123456Z",\
            "completed_at":"2025-04-28T21:06:00.374458Z","status":"completed","failure":null}\
            """.formatted(TURN, SESSION, TURN, StepId.of(TURN, 0)));
    }

    @Test
    void aTurnThatAwaitsItsClient() {
        assertThat(json(BEGUN.calls(call("call_1", "measure")).turn()))
                .contains("\"stop_reason\":\"end_of_message\",\"tool_calls\":[{\"call_id\":\"call_1\"")
                .endsWith(
                        "\"completed_at\":\"2025-04-28T21:06:00.374458Z\",\"status\":\"awaiting_input\",\"failure\":null}");
    }

    @Test
    void aTurnThatBroke() {
        assertThat(json(BEGUN.breaks().turn()))
                .contains(
                        "\"output_message\":{\"role\":\"assistant\",\"content\":\"\",\"stop_reason\":\"end_of_turn\",\"tool_calls\":[]}")
                .endsWith(
                        "\"completed_at\":\"2025-04-28T21:06:00.124457Z\",\"status\":\"failed\",\"failure\":{\"code\":\"provider_unavailable\",\"message\":\"The"
                            + " provider broke off; try again later\"}}");
    }

    @Test
    void aTurnThatWasCancelled() {
        assertThat(json(BEGUN.isCancelled().turn()))
                .contains(
                        "\"output_message\":{\"role\":\"assistant\",\"content\":\"\",\"stop_reason\":\"end_of_turn\",\"tool_calls\":[]}")
                .endsWith("\"status\":\"cancelled\",\"failure\":null}");
    }

    @Test
    void everyKindOfStep() {
        assertThat(Wire.in(json(turnWithEveryKindOfStep()))
                        .at("steps")
                        .list(step -> step.at("step_type").string()))
                .containsExactly(
                        "shield_call",
                        "memory_retrieval",
                        "inference",
                        "tool_execution",
                        "shield_call",
                        "tool_execution",
                        "shield_call",
                        "inference",
                        "shield_call");
    }

    @Test
    void whateverATurnHoldsIsShownAsItIs() {
        RichTurnFixture.everyLife(SESSION)
                .forEach(life -> assertThat(json(life.getLast()))
                        .contains(
                                "\"metadata\":" + AgentFixture.AWKWARD_JSON.text(),
                                "\"arguments\":" + AgentFixture.AWKWARD_JSON.text())
                        .doesNotContain("\n", "\r"));
    }

    private static String json(Turn turn) {
        return Wire.out(TurnJson.of(turn));
    }
}
