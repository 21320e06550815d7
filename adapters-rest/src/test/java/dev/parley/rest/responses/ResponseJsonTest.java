package dev.parley.rest.responses;

import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.turn.TurnFixture.TURN;
import static dev.parley.rest.responses.ResponseTurns.answer;
import static dev.parley.rest.responses.ResponseTurns.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.SpecFixture;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnFixture;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnPlay;
import dev.parley.rest.json.ObjectMembers;
import dev.parley.rest.json.RawJson;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The response object (responses-api 2). */
final class ResponseJsonTest {

    private final ResponseJson json = new ResponseJson(new ItemJson((_, text) -> text));

    @Test
    void everyMemberIsThereInItsOrder() {
        Turn done = TurnPlay.of(response().echo("{}").turn()).says("Hello").turn();

        assertThat(of(done)).isEqualTo("""
            {"id":"resp_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0f","object":"response","created_at":1745874360,\
            "status":"completed","background":false,"completed_at":1745874360,"error":null,\
            "incomplete_details":null,"instructions":null,"max_output_tokens":null,"max_tool_calls":null,\
            "model":"a-model","output":[{"id":"msg_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0fo00n00","type":"message",\
            "role":"assistant","status":"completed","content":[{"type":"output_text","text":"Hello",\
            "annotations":[],"logprobs":[]}]}],"parallel_tool_calls":true,"previous_response_id":null,\
            "prompt_cache_key":null,"prompt_cache_retention":null,"reasoning":{"effort":null,"summary":null},\
            "safety_identifier":null,"service_tier":"default","store":true,"temperature":1,"presence_penalty":0,\
            "frequency_penalty":0,"text":{"format":{"type":"text"},"verbosity":"medium"},"tool_choice":"auto",\
            "tools":[],"top_logprobs":0,"top_p":1,"truncation":"disabled","usage":{"input_tokens":120,\
            "input_tokens_details":{"cached_tokens":100,"cache_write_tokens":0},"output_tokens":12,\
            "output_tokens_details":{"reasoning_tokens":5},"total_tokens":132},"user":null,"metadata":{}}\
            """);
    }

    @Test
    void whatWasAskedForIsGivenBackAsItWasUnderstood() {
        String echo = """
            {"temperature":0.20,"store":false,"background":true,"status":"made up","usage":1,"tools":[{
            "type":"function"}],"conversation":{"id":"conv_1"},"service_tier":"flex","metadata":{"x":"y"},
            "model":"a-model","prompt":{"id":"p"}}\
            """;
        Turn running = response()
                .echo(echo)
                .metadata(Map.of("b", "2", "a", "1\n"))
                .after(new Origin.InConversation(new ConversationId("conv_1")))
                .turn();

        assertThat(of(running))
                .contains(
                        "\"status\":\"in_progress\",\"background\":true,",
                        "\"service_tier\":\"flex\",\"store\":false,\"temperature\":0.20,",
                        "\"tools\":[{ \"type\":\"function\"}],")
                .endsWith("\"usage\":null,\"user\":null,\"metadata\":{\"a\":\"1\\n\",\"b\":\"2\"},"
                        + "\"conversation\":{\"id\":\"conv_1\"},\"prompt\":{\"id\":\"p\"}}");
        assertThat(of(TurnPlay.of(running).says("Hello").turn())).contains("\"service_tier\":\"default\"");
    }

    @Test
    void aQueuedResponse() {
        assertMembers(
                response().inBackground().turn(),
                Map.of("status", "\"queued\"", "output", "[]", "usage", "null", "service_tier", "\"auto\""));
    }

    @Test
    void aResponseThatWasCutOff() {
        assertMembers(
                TurnPlay.of(response().turn())
                        .answers(answer(StopReason.OUT_OF_TOKENS, Passage.Spoken.of("Hel")))
                        .turn(),
                Map.of(
                        "status",
                        "\"incomplete\"",
                        "incomplete_details",
                        "{\"reason\":\"max_output_tokens\"}",
                        "completed_at",
                        "null"));
        assertMembers(
                TurnPlay.of(response().turn())
                        .answers(answer(StopReason.FILTERED, Passage.Spoken.of("Hel")))
                        .turn(),
                Map.of("status", "\"incomplete\"", "incomplete_details", "{\"reason\":\"content_filter\"}"));
    }

    @Test
    void usageIsNeverNullOnceThereIsAnAnswer() {
        Turn turn = response().turn();
        Turn uncounted = turn.observe(new Observation.ModelAnswered(
                Message.Assistant.of("Hello"), Optional.empty(), TurnFixture.periodAfter(turn)));

        assertThat(member(uncounted, "usage"))
                .startsWith("{\"input_tokens\":0,")
                .endsWith(",\"total_tokens\":0}");
    }

    @Test
    void usageIsThatOfAllAnswers() {
        Turn done = TurnPlay.of(response().turn())
                .calls(call("call_1", "web_search"))
                .toolRuns("found")
                .says("Hello")
                .turn();

        assertThat(member(done, "usage")).contains("\"input_tokens\":240,", "\"total_tokens\":264}");
    }

    @ParameterizedTest
    @EnumSource(Failure.Code.class)
    void aFailedResponse(Failure.Code code) {
        Turn turn = response().turn();
        Turn failed = turn.observe(new Observation.Broke(Failure.of(code, "What happened"), TurnFixture.after(turn)));

        assertMembers(failed, Map.of("status", "\"failed\"", "usage", "null", "completed_at", "null"));
        assertThat(member(failed, "error"))
                .matches(
                        "\\{\"code\":\"(server_error|rate_limit_exceeded|insufficient_quota|invalid_prompt|context_length_exceeded)\",\"message\":\"What"
                            + " happened\"}");
    }

    @Test
    void aCancelledResponse() {
        assertMembers(
                TurnPlay.of(response().turn()).isCancelled().turn(),
                Map.of("status", "\"cancelled\"", "error", "null", "usage", "null"));
    }

    @Test
    void aTurnOfAnotherInterfaceIsAResponseToo() {
        Turn begun = TurnFixture.turn(SpecFixture.spec()
                .instructions("Be brief.")
                .tools(clientTool("measure"))
                .build());
        Turn awaiting = TurnPlay.of(begun).calls(call("call_1", "measure")).turn();

        assertMembers(
                awaiting,
                Map.of(
                        "status",
                        "\"completed\"",
                        "instructions",
                        "\"Be brief.\"",
                        "temperature",
                        "0",
                        "top_p",
                        "1",
                        "tool_choice",
                        "\"auto\"",
                        "metadata",
                        "{}",
                        "tools",
                        "[{\"type\":\"function\",\"name\":\"measure\",\"description\":\"What measure does\","
                                + "\"parameters\":{\"type\":\"object\",\"properties\":{}},\"strict\":false}]"));
        assertThat(member(awaiting, "output")).contains("\"type\":\"function_call\"", "\"call_id\":\"call_1\"");
    }

    @Test
    void whatItComesAfterIsToldWhereNobodyAskedForIt() {
        Turn after = response()
                .after(new Origin.AfterTurn(Optional.of(new TurnId(TURN.value()))))
                .turn();

        assertMembers(after, Map.of("previous_response_id", "\"resp_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0f\""));
    }

    private void assertMembers(Turn turn, Map<String, String> members) {
        members.forEach((name, value) -> assertThat(member(turn, name)).as(name).isEqualTo(value));
    }

    private String member(Turn turn, String name) {
        return ObjectMembers.of(of(turn)).raw(name).orElseThrow().text();
    }

    private String of(Turn turn) {
        return ((RawJson) json.of(turn, Includes.NONE)).text();
    }
}
