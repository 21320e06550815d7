package dev.parley.rest.agents;

import static dev.parley.rest.agents.AgentsServer.CONFIG;
import static dev.parley.rest.agents.AgentsServer.HI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.ModelScript;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions over HTTP (agents-api A5 to A8). */
final class SessionsControllerTest {

    private final AgentsServer server = new AgentsServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSessionIsCreatedReadAndDeleted() {
        String agent = server.agent(CONFIG);
        String created = server.post(agent + "/session", "{\"session_name\":\"a \\\"chat\\\"\"}")
                .ok();
        String id = Wire.in(created).at("session_id").string();
        assertThat(created).isEqualTo("{\"session_id\":\"" + id + "\"}");

        assertThat(server.get(agent + "/session/" + id).ok())
                .matches("\\{\"session_id\":\"" + id
                        + "\",\"session_name\":\"a \\\\\"chat\\\\\"\",\"turns\":\\[],\"started_at\":\"2025-[^\"]+Z\"}");

        assertThat(server.delete(agent + "/session/" + id).ok()).isEqualTo("null");
        assertThat(server.get(agent + "/session/" + id).status()).isEqualTo(404);
        assertThat(server.delete(agent + "/session/" + id).status()).isEqualTo(404);
    }

    @Test
    void sessionsAreListedWithoutTheirTurns() {
        String agent = server.agent(CONFIG);
        String first = server.post(agent + "/session", "{\"session_name\":\"first\"}")
                .json()
                .at("session_id")
                .string();
        server.post(agent + "/session", "{\"session_name\":\"second\"}").ok();
        server.application().model().then(ModelScript.says("Hello"));
        server.post(agent + "/session/" + first + "/turn", HI).ok();

        var list = server.get(agent + "/sessions?limit=1").json();
        assertThat(list.at("data").list(session -> session.at("session_name").string()))
                .containsExactly("first");
        assertThat(list.at("data")
                        .list(session -> session.at("turns").list(turn -> turn))
                        .getFirst())
                .isEmpty();
        assertThat(list.at("has_more").bool()).isTrue();
        assertThat(list.at("url").string()).isEqualTo(agent + "/sessions");
        assertThat(server.get("/v1/agents/nobody/sessions").status()).isEqualTo(404);
    }

    @Test
    void turnsArePickedByTheirIds() {
        String session = server.session(CONFIG);
        List<String> turns = List.of("one", "two", "three").stream()
                .map(text -> turn(session, text))
                .toList();

        assertThat(turnIds(session, "")).isEqualTo(turns);
        assertThat(turnIds(session, "?turn_ids=")).isEqualTo(turns);
        assertThat(turnIds(session, "?turn_ids=" + turns.get(2) + "%2C" + turns.get(0)))
                .containsExactly(turns.get(0), turns.get(2));
        assertThat(turnIds(session, "?turn_ids=" + turns.get(0) + "," + turns.get(1)))
                .containsExactly(turns.get(0), turns.get(1));
        assertThat(turnIds(session, "?turn_ids=" + turns.get(1) + "&turn_ids=" + turns.get(2)))
                .containsExactly(turns.get(1), turns.get(2));
        assertThat(turnIds(session, "?turn_ids=nobody")).isEmpty();
    }

    private String turn(String session, String text) {
        server.application().model().then(ModelScript.says(text));
        return server.post(session + "/turn", HI).json().at("turn_id").string();
    }

    private List<String> turnIds(String session, String query) {
        return server.get(session + query)
                .json()
                .at("turns")
                .list(turn -> turn.at("turn_id").string());
    }

    @Test
    void aSessionNeedsAnAgentAndAName() {
        assertThat(server.post("/v1/agents/nobody/session", "{\"session_name\":\"x\"}")
                        .status())
                .isEqualTo(404);
        String agent = server.agent(CONFIG);
        for (String body :
                List.of("{}", "{\"session_name\":null}", "{\"session_name\":5}", "{\"session_name\":\"\\u0000\"}")) {
            var refused = server.post(agent + "/session", body);
            assertThat(refused.status()).as(body).isEqualTo(400);
            assertThat(refused.body()).contains("session_name");
        }
    }

    @Test
    void aSessionBelongsToItsAgent() {
        String session = server.session(CONFIG);
        String id = session.substring(session.lastIndexOf('/') + 1);
        String other = server.agent(CONFIG);

        assertThat(server.get(other + "/session/" + id).status()).isEqualTo(404);
        assertThat(server.delete(other + "/session/" + id).status()).isEqualTo(404);
        assertThat(server.get(session).status()).isEqualTo(200);
        assertThat(server.get(other + "/session/a%00b").status()).isEqualTo(404);
    }
}
