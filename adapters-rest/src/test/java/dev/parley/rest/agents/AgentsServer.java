package dev.parley.rest.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.ScriptedApplication;
import dev.parley.rest.json.JsonField;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The controllers behind a real socket, over an application of stand-ins. */
final class AgentsServer implements AutoCloseable {

    static final String CONFIG = "{\"model\":\"a-model\",\"instructions\":\"Be brief.\"}";
    static final String HI = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    static final String HI_STREAMED = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true}";

    private final EmbeddedServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    AgentsServer() {
        this(Map.of());
    }

    /** @param more settings of the server */
    AgentsServer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("test.scripted-application", "true");
        settings.put("micronaut.server.port", "-1");
        server = ApplicationContext.run(EmbeddedServer.class, settings);
    }

    /** A request's outcome. */
    record Answer(int status, String contentType, String body) {

        /** The body, which must come with success. */
        String ok() {
            assertThat(status).as(body).isEqualTo(200);
            return body;
        }

        JsonField json() {
            return JsonField.body(ok().getBytes(UTF_8));
        }

        /** The items of a stream, without their framing. */
        List<String> items() {
            assertThat(contentType).isEqualTo("text/event-stream; charset=utf-8");
            assertThat(ok()).endsWith("\n\n");
            return Stream.of(body.split("\n\n"))
                    .map(item -> {
                        assertThat(item).startsWith("data: {").doesNotContain("\n");
                        return item.substring("data: ".length());
                    })
                    .toList();
        }
    }

    ScriptedApplication application() {
        return bean(ScriptedApplication.class);
    }

    <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer post(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Answer post(String path, byte[] body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** Sends a request and does not wait for its answer; to cancel it closes the connection. */
    Future<?> posting(String path, String body) {
        return client.sendAsync(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.discarding());
    }

    /** Makes an agent and gives its path. */
    String agent(String config) {
        String id = post("/v1/agents", "{\"agent_config\":" + config + "}")
                .json()
                .at("agent_id")
                .string();
        return "/v1/agents/" + id;
    }

    /** Makes an agent with a session and gives the session's path. */
    String session(String config) {
        String agent = agent(config);
        String id = post(agent + "/session", "{\"session_name\":\"a chat\"}")
                .json()
                .at("session_id")
                .string();
        return agent + "/session/" + id;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.getURL() + path)).header("Content-Type", "application/json");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError("no answer", failed);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
