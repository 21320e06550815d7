package dev.parley.bootstrap.endtoend;

import dev.parley.bootstrap.RunningServer;
import dev.parley.inference.testing.ChatRequest;
import dev.parley.persistence.testing.TestPostgres;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A server in this process that has the product's own tools, with a scripted model behind it. The configuration lets it onto this
 * machine, where the tests' servers of tools are.
 */
final class ServerWithRealTools implements AutoCloseable {

    private static final String MCP = "model-context-protocol";

    private final TestPostgres.Database database = TestPostgres.freshDatabase();
    private final ScriptedModel model = new ScriptedModel();
    private final RunningServer server;

    /**
     * Blocks until it listens.
     *
     * @param ports of servers of tools that requests may name
     */
    ServerWithRealTools(Map<String, String> settings, int... ports) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("parley.inference.providers.openai.base-url", model.baseUri().toString());
        if (ports.length > 0) {
            all.put("parley.outgoing.allow-private", "true");
            all.put(
                    "parley.outgoing.allowed-ports",
                    Arrays.stream(ports).mapToObj(Integer::toString).collect(Collectors.joining(",")));
        }
        server = RunningServer.startOn(database, all);
    }

    TestPostgres.Database database() {
        return database;
    }

    ScriptedModel model() {
        return model;
    }

    URI at(String path) {
        return server.uri().resolve(path);
    }

    HttpResponse<String> register(String group, String endpoint) {
        return register(group, endpoint, Map.of());
    }

    HttpResponse<String> register(String group, String endpoint, Map<String, String> headers) {
        return Http.post(
                at("/v1/toolgroups"),
                Map.of("toolgroup_id", group, "provider_id", MCP, "mcp_endpoint", Map.of("uri", endpoint)),
                headers);
    }

    void unregister(String group) {
        Http.json(Http.delete(at("/v1/toolgroups/" + group)));
    }

    /** Runs a tool outside of turns. */
    Json invoke(String tool, Map<String, Object> arguments) {
        return invoke(tool, arguments, Map.of());
    }

    Json invoke(String tool, Map<String, Object> arguments, Map<String, String> headers) {
        return Http.json(
                Http.post(at("/v1/tool-runtime/invoke"), Map.of("tool_name", tool, "kwargs", arguments), headers));
    }

    Conversation converse(String... toolgroups) {
        return Conversation.begin(server.uri(), toolgroups);
    }

    OpenAiJavaClient client() {
        return OpenAiJavaClient.of(model, server.uri());
    }

    /** What tools have said, as the model was told when it was asked last about this text. */
    List<String> toldToTheModel(String text) {
        return model.requests(text).getLast().chat().messages().stream()
                .filter(message -> message.role().equals("tool"))
                .map(ChatRequest.Message::text)
                .toList();
    }

    @Override
    public void close() {
        server.close();
        model.close();
    }
}
