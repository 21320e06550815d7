package dev.parley.rest.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.ScriptedToolGroupProvider;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.agents.AgentsServer.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tool groups, their tools and what runs them, over HTTP (agents-api 9.1). */
final class ToolsControllersTest {

    private static final String LAB = "{\"toolgroup_id\":\"mcp::a/lab\",\"provider_id\":\"model-context-protocol\","
            + "\"mcp_endpoint\":{\"uri\":\"http://lab.example/mcp\"},\"args\":{\"scale\": 1.10}}";
    private static final String LAB_SHOWN = "{\"identifier\":\"mcp::a/lab\",\"provider_resource_id\":\"mcp::a/lab\","
        + "\"provider_id\":\"model-context-protocol\",\"type\":\"tool_group\",\"mcp_endpoint\":{\"uri\":\"http://lab.example/mcp\"},\"args\":{\"scale\":"
        + " 1.10},\"access_attributes\":null}";
    private static final String KEYS = "{\"api_key\":\"s3cret\"}";

    private final AgentsServer server = new AgentsServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void groupsAreRegisteredListedReadAndUnregistered() {
        assertThat(server.post("/v1/toolgroups", LAB).ok()).isEqualTo("null");

        assertThat(server.get("/v1/toolgroups").ok())
                .startsWith("{\"data\":[{\"identifier\":\"declared\",")
                .endsWith("," + LAB_SHOWN + "]}");
        for (String path : new String[] {"mcp::a/lab", "mcp%3A%3Aa%2Flab"}) {
            assertThat(server.get("/v1/toolgroups/" + path).ok()).isEqualTo(LAB_SHOWN);
        }
        assertThat(server.delete("/v1/toolgroups/mcp::a/lab").ok()).isEqualTo("null");
        assertThat(server.get("/v1/toolgroups/mcp::a/lab").status()).isEqualTo(404);
        assertThat(server.delete("/v1/toolgroups/mcp::a/lab").status()).isEqualTo(404);
    }

    @Test
    void whatTheOperatorHasDeclaredIsShownWithoutItsSecretsAndCantBeRemoved() {
        assertThat(server.get("/v1/toolgroups/declared").ok())
                .isEqualTo("{\"identifier\":\"declared\",\"provider_resource_id\":\"declared\","
                               + "\"provider_id\":\"model-context-protocol\",\"type\":\"tool_group\",\"mcp_endpoint\":null,\"args\":null,"
                               + "\"access_attributes\":null}");
        assertThat(server.get("/v1/toolgroups").ok()).doesNotContain("secret");
        assertThat(server.delete("/v1/toolgroups/declared").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | toolgroup_id is missing",
                "{\"toolgroup_id\":\"a\"} | provider_id is missing",
                "{\"toolgroup_id\":\" \",\"provider_id\":\"b\"} | toolgroup_id must not be blank",
                "{\"toolgroup_id\":\"a\",\"provider_id\":\"b\"} | no provider 'b' of tools; its providers are"
                        + " [model-context-protocol]",
                "{\"toolgroup_id\":\"a\",\"provider_id\":\"model-context-protocol\",\"mcp_endpoint\":{\"uri\":\"http://x\"}}"
                    + " | it does not answer",
                "{\"toolgroup_id\":\"a\",\"provider_id\":\"b\",\"mcp_endpoint\":\"http://x\"} | mcp_endpoint must be"
                        + " an object",
                "{\"toolgroup_id\":\"a\",\"provider_id\":\"b\",\"args\":[]} | args must be an object",
            })
    void aGroupThatMakesNoSenseIsRefused(String body, String why) {
        Answer answer = server.post("/v1/toolgroups", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
    }

    @Test
    void whoeverLeavesCallsTheToolOff() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch calledOff = new CountDownLatch(1);
        server.bean(ScriptedToolGroupProvider.class).tool("declared", "wait", (_, wish) -> {
            begun.countDown();
            wish.await(Duration.ofDays(1));
            calledOff.countDown();
            throw new ToolFailed("called off");
        });
        Future<?> asked = server.posting("/v1/tool-runtime/invoke", "{\"tool_name\":\"wait\"}");
        Patient.await(begun);

        asked.cancel(true);

        Patient.await(calledOff);
    }

    @Test
    void toolsAreListedWithTheirParameters() {
        server.post("/v1/toolgroups", LAB).ok();

        assertThat(server.get("/v1/tools?toolgroup_id=mcp::a/lab").ok())
                .startsWith("{\"data\":[{\"identifier\":\"weigh it\",\"provider_resource_id\":\"weigh it\","
                                + "\"provider_id\":\"model-context-protocol\",\"type\":\"tool\",\"toolgroup_id\":\"mcp::a/lab\",\"tool_host\":\"model_context_protocol\",\"description\":\"What"
                                + " weigh it"
                                + " does\",\"parameters\":[{\"name\":\"what\",\"parameter_type\":\"str\",\"description\":\"A"
                                + " thing\",\"required\":true,\"default\":null},"
                                + "{\"name\":\"times\",\"parameter_type\":\"int\",\"description\":\"\",\"required\":false,\"default\":1},"
                                + "{\"name\":\"exact\",\"parameter_type\":\"float\",\"description\":\"\",\"required\":false,\"default\":null},"
                                + "{\"name\":\"wet\",\"parameter_type\":\"bool\",\"description\":\"\",\"required\":false,\"default\":null},"
                                + "{\"name\":\"tags\",\"parameter_type\":\"list[str]\",\"description\":\"\",\"required\":false,\"default\":null},"
                                + "{\"name\":\"rest\",\"parameter_type\":\"list\",\"description\":\"\",\"required\":false,\"default\":null},"
                                + "{\"name\":\"more\",\"parameter_type\":\"dict\",\"description\":\"\",\"required\":false,\"default\":null},"
                                + "{\"name\":\"any\",\"parameter_type\":\"Any\",\"description\":\"\",\"required\":false,\"default\":null}],"
                                + "\"metadata\":null,\"access_attributes\":null},{\"identifier\":\"cite\",");
        assertThat(server.get("/v1/tools").ok()).contains("\"web_search\"", "\"look\"", "\"weigh it\"");
        assertThat(server.get("/v1/tools/weigh%20it").ok()).startsWith("{\"identifier\":\"weigh it\"");
        assertThat(server.get("/v1/tools/none").status()).isEqualTo(404);
        assertThat(server.get("/v1/tool-runtime/list-tools?tool_group_id=builtin::websearch")
                        .ok())
                .isEqualTo("{\"data\":[{\"name\":\"web_search\",\"description\":\"What web_search"
                        + " does\",\"parameters\":[],\"metadata\":null}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/tools?toolgroup_id=builtin::rag/knowledge_search",
                "/v1/tools?toolgroup_id=builtin%3A%3Arag%2Fknowledge_search",
                "/v1/tools?toolgroup_id=builtin::websearch/web_search",
                "/v1/tool-runtime/list-tools?tool_group_id=none"
            })
    void whatIsNoGroupHasNoTools(String path) {
        assertThat(server.get(path).ok()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void aToolIsInvoked() {
        server.post("/v1/toolgroups", LAB).ok();

        assertThat(invoke("{\"tool_name\":\"weigh it\",\"kwargs\":{\"what\":\"apple\",\"scale\":3}}"))
                .isEqualTo("{\"content\":\"140 g of"
                               + " {\\\"what\\\":\\\"apple\\\",\\\"scale\\\":1.10}\",\"error_message\":null,\"error_code\":null,\"metadata\":{\"exact\":"
                               + " 1.10}}");
        assertThat(invoke("{\"tool_name\":\"cite\"}"))
                .isEqualTo("{\"content\":[{\"type\":\"text\",\"text\":\"Look:\"},{\"type\":\"text\",\"text\":\"X"
                        + " (http://x)\\n"
                        + "An apple.\"}],\"error_message\":null,\"error_code\":null,\"metadata\":null}");
        assertThat(invoke("{\"tool_name\":\"fail\",\"kwargs\":null}"))
                .isEqualTo("{\"content\":null,\"error_message\":\"the scale is"
                        + " broken\",\"error_code\":1,\"metadata\":null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | tool_name is missing",
                "{\"tool_name\":\"none\"} | No tool group of this server has a tool 'none'",
                "{\"tool_name\":\"web_search\",\"kwargs\":[]} | kwargs must be an object",
            })
    void whatCantBeInvokedIsRefused(String body, String why) {
        Answer answer = server.post("/v1/tool-runtime/invoke", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
    }

    @Test
    void theKeysOfARequestGoToTheProviderOfItsToolsAndNowhereElse() {
        server.post("/v1/toolgroups", LAB, "X-LlamaStack-Provider-Data", KEYS, "Content-Type", "application/json")
                .ok();
        String invoked = server.post(
                        "/v1/tool-runtime/invoke", "{\"tool_name\":\"cite\"}", "X-LlamaStack-Provider-Data", KEYS)
                .ok();
        assertThat(provider().accesses())
                .isNotEmpty()
                .allSatisfy(access -> assertThat(access.keys())
                        .isEqualTo(Optional.of(new JsonText(KEYS))
                                .filter(_ -> access.group().id().equals("mcp::a/lab"))));

        server.get("/v1/tools");
        assertThat(provider().accesses().getLast().keys()).isEmpty();
        assertThat(invoked + server.get("/v1/toolgroups").ok() + provider().accesses())
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "[\"s3cret\"]", "{\"key\":\"s3cret\"", "\"s3cret\"", ""})
    void keysThatAreNoObjectAreRefusedAndNotRepeated(String header) {
        String session = server.session(AgentsServer.CONFIG);
        for (String path : new String[] {session + "/turn", "/v1/tool-runtime/invoke", session + "/turn/t/resume"}) {
            Answer answer = server.post(
                    path,
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tool_name\":\"web_search\",\"tool_responses\":[]}",
                    "X-LlamaStack-Provider-Data",
                    header);

            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.body()).contains("X-LlamaStack-Provider-Data").doesNotContain("s3cret");
        }
        assertThat(server.application().model().requests()).isEmpty();
    }

    private String invoke(String body) {
        return server.post("/v1/tool-runtime/invoke", body).ok();
    }

    private ScriptedToolGroupProvider provider() {
        return server.bean(ScriptedToolGroupProvider.class);
    }
}
