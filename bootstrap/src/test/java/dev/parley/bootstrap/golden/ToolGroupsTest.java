package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tool groups and what is in them, and tools that clients run outside of turns. */
@ExtendWith(OnStage.class)
class ToolGroupsTest {

    private static final String GROUPS = "/v1/toolgroups";
    private static final String INVOKE = "/v1/tool-runtime/invoke";
    private static final Map<String, String> KEYS = Map.of("X-LlamaStack-Provider-Data", "{\"key\":\"s3cret\"}");

    private final Stage stage;
    private final StringBuilder told = new StringBuilder();

    ToolGroupsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void registeredListedAndInvoked() {
        post(GROUPS, "{\"toolgroup_id\":\"cellar/left\",\"provider_id\":\"scripted\",\"args\":{\"shelf\": 2}}");
        post(
                GROUPS,
                "{\"toolgroup_id\":\"attic\",\"provider_id\":\"scripted\",\"mcp_endpoint\":{\"uri\":\"http://attic\"}}");
        post(GROUPS, "{\"toolgroup_id\":\"heap\",\"provider_id\":\"nobody\"}");
        get(GROUPS);
        get(GROUPS + "/cellar/left");
        get("/v1/tools?toolgroup_id=cellar/left");
        get("/v1/tools?toolgroup_id=builtin::rag/knowledge_search");
        get("/v1/tools/fetch");
        get("/v1/tool-runtime/list-tools?tool_group_id=builtin::websearch");
        post(INVOKE, "{\"tool_name\":\"fetch\",\"kwargs\":{\"what\":\"wine\",\"shelf\":1}}");
        post(INVOKE, "{\"tool_name\":\"web_search\",\"kwargs\":{\"query\":\"wine\"}}");
        post(INVOKE, "{\"tool_name\":\"gives_up\",\"kwargs\":{}}");
        post(INVOKE, "{\"tool_name\":\"none\",\"kwargs\":{}}");
        send("DELETE", GROUPS + "/cellar/left");
        send("DELETE", GROUPS + "/cellar/left");
        get("/v1/tools?toolgroup_id=cellar/left");

        GoldenFile.compare("agents/tool-groups", told.toString());
    }

    private void get(String path) {
        send("GET", path);
    }

    private void send(String method, String path) {
        tell(method + ' ' + path, stage.http().send(method, path, new byte[0]));
    }

    private void post(String path, String body) {
        tell("POST " + path + '\n' + body, stage.http().post(path, body, KEYS));
    }

    private void tell(String request, Answer answer) {
        assertThat(answer.body()).doesNotContain("s3cret");
        told.append("=== ").append(request).append('\n');
        told.append("--- ").append(answer.status()).append('\n');
        told.append(answer.body()).append("\n\n");
    }
}
