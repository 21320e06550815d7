package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.ModelScript;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;
import dev.parley.rest.json.JsonField;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The controllers of responses and conversations behind a real socket, over an application of stand-ins. */
final class ResponsesOverHttp implements AutoCloseable {

    static final int MAX_BODY = 32 << 20;

    private final EmbeddedServer server = ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                    ScriptedResponses.WANTED,
                    "true",
                    "micronaut.server.port",
                    "-1",
                    "micronaut.server.max-request-size",
                    MAX_BODY,
                    "micronaut.server.max-request-buffer-size",
                    MAX_BODY,
                    "micronaut.server.netty.max-chunk-size",
                    65_536));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A request's outcome. */
    record Answer(int status, Map<String, List<String>> headers, String body) {

        /** The body, which must come with success. */
        String ok() {
            assertThat(status).as(body).isEqualTo(200);
            return body;
        }

        JsonField json() {
            return JsonField.body(ok().getBytes(UTF_8));
        }

        String id() {
            return json().at("id").string();
        }

        /** The ids of what a list has. */
        List<String> ids() {
            return json().at("data").list(item -> item.at("id").string());
        }

        /** The first text of each item of a list. */
        List<String> texts() {
            return json().at("data")
                    .list(item -> item.at("content").list(part -> part.at("text")).stream()
                            .map(JsonField::string)
                            .findFirst()
                            .orElseThrow());
        }

        String contentType() {
            return headers.getOrDefault("content-type", List.of("")).getFirst();
        }

        /** The events of a stream, each as its name and its data. */
        List<String> events() {
            assertThat(contentType()).isEqualTo("text/event-stream; charset=utf-8");
            assertThat(ok()).endsWith("data: [DONE]\n\n");
            return Stream.of(body.split("\n\n"))
                    .filter(event -> !event.equals("data: [DONE]"))
                    .toList();
        }

        /** The names of a stream's events. */
        List<String> names() {
            return events().stream()
                    .map(event -> event.lines().findFirst().orElseThrow().substring("event: ".length()))
                    .toList();
        }

        /** The error that it tells: its status, code, parameter and sentence; null stands for what is not said. */
        String error() {
            assertThat(contentType()).isEqualTo("application/json");
            JsonField error = JsonField.body(body.getBytes(UTF_8)).at("error");
            assertThat(List.of("message", "type", "param", "code"))
                    .as(body)
                    .allMatch(name -> error.at(name).isPresent());
            return "%d %s %s %s: %s"
                    .formatted(
                            status,
                            error.at("type").string(),
                            error.at("code").optional(JsonField::string).orElse(null),
                            error.at("param").optional(JsonField::string).orElse(null),
                            error.at("message").string());
        }
    }

    int port() {
        return server.getPort();
    }

    ScriptedApplication application() {
        return server.getApplicationContext().getBean(ScriptedApplication.class);
    }

    /** Has the model do these things with the next requests. */
    ResponsesOverHttp scripted(ModelScript... scripts) {
        application().model().then(scripts);
        return this;
    }

    /** Runs the response that was queued last. */
    void runLast() {
        List<TurnId> waiting = List.copyOf(application().scheduled());
        application().runInBackground().run(Owner.SOLE, waiting.getLast());
    }

    /** How often the model was asked so far. */
    int asked() {
        return application().model().requests().size();
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer post(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** As clients do that have nothing to say. */
    Answer postNothing(String path) {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Asks for a response that says hi, with these members beside that. */
    Answer ask(String members) {
        return post("/v1/responses", Asked.request(members));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.getURL() + path));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
            return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
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
