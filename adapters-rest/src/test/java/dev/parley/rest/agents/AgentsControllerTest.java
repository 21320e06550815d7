package dev.parley.rest.agents;

import static dev.parley.rest.agents.AgentsServer.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.agents.AgentsServer.Answer;
import dev.parley.rest.json.JsonField;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agents over HTTP (agents-api A1 to A4, 3.2). */
final class AgentsControllerTest {

    private final AgentsServer server = new AgentsServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anAgentIsCreatedReadAndDeleted() {
        Answer created = server.post("/v1/agents", "{\"agent_config\":" + CONFIG + "}");
        assertThat(created.contentType()).isEqualTo("application/json");
        String id = created.json().at("agent_id").string();
        assertThat(created.body()).isEqualTo("{\"agent_id\":\"" + id + "\"}");

        assertThat(server.get("/v1/agents/" + id).ok())
                .isEqualTo("{\"agent_id\":\"%s\",\"agent_config\":%s,\"created_at\":\"2025-04-28T21:06:00.000001Z\"}"
                        .formatted(id, Wire.out(AgentConfigJson.of(AgentConfigJson.read(Wire.in(CONFIG))))));

        Answer deleted = server.delete("/v1/agents/" + id);
        assertThat(deleted.ok()).isEqualTo("null");
        assertThat(deleted.contentType()).isEqualTo("application/json");
        assertThat(server.get("/v1/agents/" + id).status()).isEqualTo(404);
        assertThat(server.delete("/v1/agents/" + id).status()).isEqualTo(404);
    }

    @Test
    void theSameIsServedWhereLaterClientsLook() {
        String id = server.post("/v1alpha/agents", "{\"agent_config\":" + CONFIG + "}")
                .json()
                .at("agent_id")
                .string();

        assertThat(server.get("/v1alpha/agents/" + id).ok())
                .isEqualTo(server.get("/v1/agents/" + id).ok());
        assertThat(server.get("/v1alpha/agents").json().at("url").string()).isEqualTo("/v1alpha/agents");
        assertThat(server.delete("/v1alpha/agents/" + id).ok()).isEqualTo("null");
    }

    @Test
    void agentsAreListedInPartsOldestFirst() {
        assertThat(server.get("/v1/agents").ok()).isEqualTo("{\"data\":[],\"has_more\":false,\"url\":\"/v1/agents\"}");
        for (String name : List.of("a", "b", "c", "d", "e")) {
            server.agent("{\"model\":\"m\",\"instructions\":\"\",\"name\":\"" + name + "\"}");
        }

        assertList("", false, "a", "b", "c", "d", "e");
        assertList("?limit=2", true, "a", "b");
        assertList("?limit=2&start_index=2", true, "c", "d");
        assertList("?limit=2&start_index=4", false, "e");
        assertList("?limit=5", false, "a", "b", "c", "d", "e");
        assertList("?limit=0", true);
        assertList("?limit=-1&start_index=3", false, "a", "b", "c", "d", "e");
        assertList("?start_index=3", false, "a", "b", "c", "d", "e");
        assertList("?limit=99999999999999999999&start_index=3", false, "d", "e");
        assertList("?limit=5&start_index=99999999999999999999", false);
        assertThat(server.get("/v1/agents?limit=-2").status()).isEqualTo(400);
        assertThat(server.get("/v1/agents?limit=x").status()).isEqualTo(400);
        assertThat(server.get("/v1/agents?limit=1&start_index=-1").status()).isEqualTo(400);
    }

    private void assertList(String query, boolean hasMore, String... names) {
        JsonField list = server.get("/v1/agents" + query).json();

        assertThat(list.at("data")
                        .list(agent -> agent.at("agent_config").at("name").string()))
                .as(query)
                .containsExactly(names);
        assertThat(list.at("has_more").bool()).as(query).isEqualTo(hasMore);
        assertThat(list.at("url").string()).isEqualTo("/v1/agents");
    }

    @Test
    void aBadConfigurationIsRefusedInItsPlace() {
        Answer refused = server.post(
                "/v1/agents",
                "{\"agent_config\":{\"model\":\"m\",\"instructions\":\"\",\"tool_choice\":\"none\",\"tool_config\":{}}}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body())
                .contains(
                        "agent_config.tool_choice is deprecated and contradicts agent_config.tool_config.tool_choice");
    }

    @Test
    void aBodyThatIsNoJsonObjectIsRefused() {
        for (String body : List.of("", "{", "[]", "{\"agent_config\":", "5", "\"\u0000\"", "[".repeat(100_000))) {
            Answer refused = server.post("/v1/agents", body);
            assertThat(refused.status())
                    .as(body.substring(0, Math.min(9, body.length())))
                    .isEqualTo(400);
            assertThat(refused.body()).contains("The body ");
        }
        assertThat(server.post("/v1/agents", new byte[] {'{', '"', (byte) 0xff, '"', '}'})
                        .body())
                .contains("UTF-8");
        assertThat(server.get("/v1/agents").json().at("data").list(agent -> agent))
                .isEmpty();
    }

    @Test
    void anythingMayStandForAnIdAndIsNotFound() {
        for (String id :
                List.of("x", "00000000-0000-4000-8000-000000000009", "%00", "a%00b", "%F0%9F%98%80", "%2F", "..")) {
            assertThat(server.get("/v1/agents/" + id).status()).as(id).isEqualTo(404);
            assertThat(server.delete("/v1/agents/" + id).status()).as(id).isEqualTo(404);
        }
    }
}
