package dev.parley.rest.agents;

import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.rest.agents.AgentsServer.CONFIG;
import static dev.parley.rest.agents.AgentsServer.HI;
import static dev.parley.rest.agents.AgentsServer.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.ModelScript;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Violation;
import dev.parley.rest.agents.AgentsServer.Answer;
import dev.parley.rest.json.JsonField;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Turns and steps over HTTP (agents-api A9 to A12). */
final class TurnsControllerTest {

    private static final String WITH_TOOL =
            "{\"model\":\"a-model\",\"instructions\":\"\",\"client_tools\":[{\"name\":\"measure\"},{\"name\":\"ask\"}]}";
    private static final ToolCall MEASURE = call("call_1", "measure", "{\"unit\": \"mmHg\", \"n\": 1.10}");
    private static final String MEASURED =
            "{\"call_id\":\"call_1\",\"tool_name\":\"measure\",\"content\":\"118/79\",\"metadata\":{\"s\": 1.10}}";

    private final AgentsServer server = new AgentsServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTurnIsAnsweredWhole() {
        String session = server.session(CONFIG);
        scripted(ModelScript.says("Hel", "lo"));

        Answer answer = server.post(session + "/turn", HI);

        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.json().at("output_message").at("content").string()).isEqualTo("Hello");
        assertThat(answer.json().at("status").string()).isEqualTo("completed");
        assertThat(server.get(turnPath(session, answer)).ok()).isEqualTo(answer.body());
        assertThat(server.get(session).ok()).contains("\"turns\":[" + answer.body() + "]");
    }

    @Test
    void aTurnIsStreamed() {
        String session = server.session(CONFIG);
        scripted(ModelScript.says("Hel", "lo"));

        List<String> items = server.post(session + "/turn", HI_STREAMED).items();

        assertThat(items).hasSize(5);
        assertThat(items)
                .extracting(TurnsControllerTest::eventType)
                .containsExactly("step_start", "step_progress", "step_progress", "step_complete", "turn_complete");
        assertThat(items.get(1)).endsWith("\"delta\":{\"type\":\"text\",\"text\":\"Hel\"}}}}");
        String turn = inside(items.getLast(), "turn");
        assertThat(server.get(turnPath(session, turn)).ok()).isEqualTo(turn);
        assertThat(inside(items.get(3), "step_details"))
                .isEqualTo(insideStep(server.get(turnPath(session, turn) + "/step/" + stepId(items.get(0)))));
    }

    @Test
    void streamedOrNotATurnIsTheSame() {
        String first = server.session(WITH_TOOL);
        scripted(ModelScript.calls(MEASURE), ModelScript.says("Fine."));
        String whole = server.post(first + "/turn", HI).ok();
        String resumedWhole = server.post(turnPath(first, whole) + "/resume", "{\"tool_responses\":[" + MEASURED + "]}")
                .ok();

        String second = server.session(WITH_TOOL);
        scripted(ModelScript.calls(MEASURE), ModelScript.says("Fine."));
        String streamed =
                inside(server.post(second + "/turn", HI_STREAMED).items().getLast(), "turn");
        String resumedStreamed = inside(
                server.post(
                                turnPath(second, streamed) + "/resume",
                                "{\"tool_responses\":[" + MEASURED + "],\"stream\":true}")
                        .items()
                        .getLast(),
                "turn");

        assertThat(withoutIdsAndTimes(streamed)).isEqualTo(withoutIdsAndTimes(whole));
        assertThat(withoutIdsAndTimes(resumedStreamed)).isEqualTo(withoutIdsAndTimes(resumedWhole));
    }

    private static String withoutIdsAndTimes(String turn) {
        return turn.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
                .replaceAll("2025-04-28T[0-9:.]+Z", "<time>");
    }

    @Test
    void aClientToolIsAnsweredAndTheTurnGoesOn() {
        String session = server.session(WITH_TOOL);
        scripted(ModelScript.calls(MEASURE), ModelScript.says("Fine."));

        List<String> awaiting = server.post(session + "/turn", HI_STREAMED).items();
        assertThat(eventType(awaiting.getLast())).isEqualTo("turn_awaiting_input");
        String turn = inside(awaiting.getLast(), "turn");
        assertThat(turn)
                .contains(
                        "\"output_message\":{\"role\":\"assistant\",\"content\":\"\",\"stop_reason\":\"end_of_message\","
                            + "\"tool_calls\":[{\"call_id\":\"call_1\",\"tool_name\":\"measure\",\"arguments\":{\"unit\":"
                            + " \"mmHg\", \"n\": 1.10},\"arguments_json\":\"{\\\"unit\\\": \\\"mmHg\\\", \\\"n\\\":"
                            + " 1.10}\"}]}");

        String resume = "{\"tool_responses\":[" + MEASURED + "],\"stream\":true}";
        Answer resumed = server.post(turnPath(session, turn) + "/resume", resume);
        assertThat(resumed.items())
                .extracting(TurnsControllerTest::eventType)
                .containsExactly("step_complete", "step_start", "step_progress", "step_complete", "turn_complete");
        assertThat(resumed.items().getFirst()).contains("\"tool_responses\":[" + MEASURED + "]");

        assertThat(inside(
                        server.post(turnPath(session, turn) + "/resume", resume)
                                .items()
                                .getLast(),
                        "turn"))
                .as("the same answer again gives the same turn")
                .isEqualTo(inside(resumed.items().getLast(), "turn"));
        assertThat(server.application().model().requests()).hasSize(2);
    }

    @Test
    void anAnswerThatDoesNotFitIsRefused() {
        String session = server.session(WITH_TOOL);
        scripted(ModelScript.calls(MEASURE), ModelScript.says("Fine."));
        String turn = turnPath(session, server.post(session + "/turn", HI));

        assertThat(server.post(turn + "/resume", "{\"tool_responses\":[]}").status())
                .isEqualTo(400);
        assertThat(server.post(turn + "/resume", "{\"tool_responses\":[" + MEASURED.replace("call_1", "x") + "]}")
                        .status())
                .isEqualTo(400);
        assertThat(server.post(turn + "x/resume", "{\"tool_responses\":[" + MEASURED + "]}")
                        .status())
                .isEqualTo(404);
        server.post(turn + "/resume", "{\"tool_responses\":[" + MEASURED + "]}").ok();
        assertThat(server.post(turn + "/resume", "{\"tool_responses\":[" + MEASURED.replace("118", "119") + "]}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aCompletedTurnGoesOnWithCallsThatTheClientReadOutOfTheText() {
        String session = server.session(CONFIG);
        scripted(ModelScript.says("Action: measure"), ModelScript.says("Fine."));
        String turn = turnPath(session, server.post(session + "/turn", HI));

        List<String> items = server.post(turn + "/resume", "{\"tool_responses\":[" + MEASURED + "],\"stream\":true}")
                .items();

        assertThat(items.getFirst()).contains("\"tool_calls\":[],\"tool_responses\":[" + MEASURED + "]");
        assertThat(eventType(items.getLast())).isEqualTo("turn_complete");
    }

    @Test
    void aTurnThatIsSpentHandsItsCallsOverToBeSeenOnly() {
        String session = server.session(WITH_TOOL.replace("}]}", "}],\"max_infer_iters\":1}"));
        scripted(ModelScript.calls(MEASURE), ModelScript.says("Fine."));

        String last = server.post(session + "/turn", HI_STREAMED).items().getLast();

        assertThat(eventType(last)).isEqualTo("turn_awaiting_input");
        assertThat(last).contains("\"stop_reason\":\"end_of_turn\",\"tool_calls\":[{\"call_id\":\"call_1\"");
        assertThat(server.post(session + "/turn", HI).json().at("status").string())
                .isEqualTo("completed");
    }

    @Test
    void aServerToolRunsInTheMiddleOfATurn() {
        server.application().tools().tool("builtin::websearch", "brave_search", "42");
        String session = server.session(CONFIG);
        scripted(ModelScript.calls(call("call_1", "brave_search", "{\"query\":\"x\"}")), ModelScript.says("42."));

        List<String> items = server.post(
                        session + "/turn",
                        HI_STREAMED.replace("\"stream\"", "\"toolgroups\":[\"builtin::websearch\"],\"stream\""))
                .items();

        assertThat(items)
                .extracting(item -> eventType(item)
                        + ' '
                        + payload(item)
                                .at("step_type")
                                .optional(JsonField::string)
                                .orElse(""))
                .containsExactly(
                        "step_start inference",
                        "step_progress inference",
                        "step_progress inference",
                        "step_progress inference",
                        "step_complete inference",
                        "step_start tool_execution",
                        "step_progress tool_execution",
                        "step_complete tool_execution",
                        "step_start inference",
                        "step_progress inference",
                        "step_complete inference",
                        "turn_complete ");
    }

    @Test
    void shieldsStandAroundATurn() {
        server.application().shields().objectsTo("guard", "bad", Violation.Level.ERROR);
        String session = server.session(
                "{\"model\":\"m\",\"instructions\":\"\",\"input_shields\":[\"guard\"],\"output_shields\":[\"guard\"]}");
        scripted(ModelScript.says("Something bad."));

        JsonField turn = server.post(session + "/turn", HI).json();

        assertThat(turn.at("output_message").at("content").string()).isEqualTo("guard objects");
        assertThat(turn.at("steps").list(step -> step.at("step_type").string()))
                .containsExactly("shield_call", "inference", "shield_call");
        assertThat(server.post(session + "/turn", HI.replace("hi", "bad"))
                        .json()
                        .at("steps")
                        .list(step -> step))
                .hasSize(1);
    }

    @Test
    void whatATurnBringsReachesTheModel() {
        String session = server.session(WITH_TOOL);
        scripted(ModelScript.says("Fine."));

        server.post(session + "/turn", """
            {"messages":[{"role":"user","content":"hi"}],"tool_config":{"tool_choice":"measure"},\
            "documents":[{"content":"https://example.com","mime_type":"text/plain"}],"toolgroups":[]}\
            """).ok();

        assertThat(server.application().model().lastRequest().toolChoice()).isEqualTo(new ToolChoice.Named("measure"));
        assertThat(server.application().model().lastRequest().messages().getLast())
                .isInstanceOfSatisfying(
                        Message.User.class,
                        user -> assertThat(user.content().text()).contains("hi", "https://example.com"));
        assertThat(server.get(session).ok())
                .contains("\"input_messages\":[{\"role\":\"user\",\"content\":\"hi\",\"context\":null}]");
    }

    @Test
    void aDocumentsAddressIsFetchedAndReadBeforeTheTurnBegins() {
        String session = server.session(CONFIG);
        scripted(ModelScript.says("Fine."));

        server.post(session + "/turn", document("https://example.com/a.pdf")).ok();

        assertThat(server.application().model().lastRequest().messages().getLast())
                .isInstanceOfSatisfying(
                        Message.User.class,
                        user -> assertThat(user.content().text())
                                .contains("hi", "What is in https://example.com/a.pdf"));
    }

    @Test
    void aDocumentThatIsNotThereBeginsNoTurn() {
        String session = server.session(CONFIG);

        AgentsServer.Answer answer = server.post(session + "/turn", document("https://example.com/b.pdf"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("documents[0].content", "nothing is there");
        assertThat(server.get(session).ok()).contains("\"turns\":[]");
    }

    private static String document(String url) {
        return """
            {"messages":[{"role":"user","content":"hi"}],\
            "documents":[{"content":{"uri":"%s"},"mime_type":"application/pdf"}]}\
            """.formatted(url);
    }

    @Test
    void aRequestWithANameIsCarriedOutOnce() {
        String session = server.session(CONFIG);
        scripted(ModelScript.says("Hello"), ModelScript.says("Hello again"));

        String first =
                server.post(session + "/turn", HI, "Idempotency-Key", "k1").ok();
        assertThat(server.post(session + "/turn", HI, "Idempotency-Key", "k1").ok())
                .isEqualTo(first);
        assertThat(inside(
                        server.post(session + "/turn", HI_STREAMED, "Idempotency-Key", "k1")
                                .items()
                                .getLast(),
                        "turn"))
                .isEqualTo(first);
        assertThat(server.post(session + "/turn", HI.replace("hi", "ho"), "Idempotency-Key", "k1")
                        .status())
                .isEqualTo(409);
        assertThat(server.application().model().requests()).hasSize(1);

        assertThat(server.post(session + "/turn", HI, "Idempotency-Key", "k2").ok())
                .isNotEqualTo(first);
        assertThat(server.application().model().requests()).hasSize(2);
    }

    @Test
    void aNameForARequestIsShortAndPlain() {
        String session = server.session(CONFIG);

        for (String key : List.of("", " ", "k".repeat(256), "a key")) {
            Answer refused = server.post(session + "/turn", HI, "Idempotency-Key", key);
            assertThat(refused.status()).as(key).isEqualTo(400);
            assertThat(refused.body()).contains("Idempotency-Key");
        }
    }

    @Test
    void whatIsNotThereIsNotFoundStreamedOrNot() {
        String session = server.session(CONFIG);
        String agent = session.substring(0, session.indexOf("/session"));
        scripted(ModelScript.says("Hello"));
        String turn = turnPath(session, server.post(session + "/turn", HI));

        for (String body : List.of(HI, HI_STREAMED)) {
            assertThat(server.post(session + "x/turn", body).status()).isEqualTo(404);
            assertThat(server.post("/v1/agents/x/session/y/turn", body).status())
                    .isEqualTo(404);
            assertThat(server.post(agent + "/session/a%00b/turn", body).status())
                    .isEqualTo(404);
        }
        assertThat(server.get(turn + "x").status()).isEqualTo(404);
        assertThat(server.get(session + "x" + turn.substring(session.length())).status())
                .isEqualTo(404);
        assertThat(server.get(turn + "/step/x").status()).isEqualTo(404);
        assertThat(server.get(turn + "x/step/x").status()).isEqualTo(404);
        assertThat(server.get(session + "/turn/%00/step/%00").status()).isEqualTo(404);
        assertThat(server.post(session + "/turn/%00/resume", "{\"tool_responses\":[]}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aBadTurnIsRefusedBeforeItBegins() {
        String session = server.session(CONFIG);

        for (String body : List.of(
                "",
                "{",
                "{}",
                "{\"messages\":[]}",
                "{\"messages\":[{\"role\":\"system\",\"content\":\"x\"}],\"stream\":true}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\\u0000\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"toolgroups\":[\"builtin::websearch\"]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true,\"toolgroups\":[\"mcp::x\"]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tool_config\":{\"tool_choice\":\"nobody\"}}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"documents\":[{\"content\":{\"uri\":\"u\"},\"mime_type\":\"text/plain\"}]}")) {
            assertThat(server.post(session + "/turn", body).status()).as(body).isEqualTo(400);
        }
        assertThat(server.get(session).json().at("turns").list(turn -> turn)).isEmpty();
    }

    @Test
    void aTurnThatBreaksOffSaysSoAndIsKept() {
        String session = server.session(CONFIG);
        scripted(new ModelScript.BreaksOff(List.of("Hel")));

        List<String> items = server.post(session + "/turn", HI_STREAMED).items();

        assertThat(items).hasSize(3);
        assertThat(items.getLast()).startsWith("{\"error\":{\"message\":\"502: ");
        JsonField turn =
                server.get(session).json().at("turns").list(each -> each).getFirst();
        assertThat(turn.at("status").string()).isEqualTo("failed");
        assertThat(turn.at("failure").at("code").string()).isEqualTo("provider_unavailable");
        assertThat(turn.at("output_message").at("content").string()).isEmpty();
    }

    @Test
    void aModelThatIsNotThereIsAProblemOfTheRequest() {
        String session = server.session(CONFIG);
        scripted(
                new ModelScript.Refuses(Failure.Code.MODEL_NOT_FOUND),
                new ModelScript.Refuses(Failure.Code.MODEL_NOT_FOUND));

        assertThat(server.post(session + "/turn", HI).status()).isEqualTo(404);
        assertThat(server.post(session + "/turn", HI_STREAMED).status()).isEqualTo(404);
    }

    @Test
    void laterClientsFindTheSameTurns() {
        String session = server.session(CONFIG).replace("/v1/", "/v1alpha/");
        scripted(ModelScript.says("Hello"), ModelScript.says("Hello"));

        String turn = server.post(session + "/turn", HI).ok();
        assertThat(server.get(turnPath(session, turn)).ok()).isEqualTo(turn);
        assertThat(server.post(session + "/turn", HI_STREAMED).items()).hasSize(4);
    }

    @Test
    void whateverAClientAcceptsItGetsWhatItAskedFor() {
        String session = server.session(CONFIG);
        scripted(ModelScript.says("Hello"), ModelScript.says("Hello"), ModelScript.says("Hello"));

        assertThat(server.post(session + "/turn", HI_STREAMED, "Accept", "application/json")
                        .items())
                .hasSize(4);
        assertThat(server.post(session + "/turn", HI, "Accept", "text/event-stream")
                        .contentType())
                .isEqualTo("application/json");
        assertThat(server.post(session + "/turn", HI, "Accept", "*/*").contentType())
                .isEqualTo("application/json");
    }

    private void scripted(ModelScript... scripts) {
        server.application().model().then(scripts);
    }

    private static String turnPath(String session, Answer turn) {
        return turnPath(session, turn.ok());
    }

    private static String turnPath(String session, String turn) {
        return session + "/turn/" + Wire.in(turn).at("turn_id").string();
    }

    private static JsonField payload(String item) {
        return Wire.in(item).at("event").at("payload");
    }

    private static String eventType(String item) {
        return payload(item).at("event_type").string();
    }

    private static String stepId(String item) {
        return payload(item).at("step_id").string();
    }

    private static String inside(String item, String member) {
        return payload(item).at(member).opaqueObject().text();
    }

    private static String insideStep(Answer answer) {
        return answer.json().at("step").opaqueObject().text();
    }
}
