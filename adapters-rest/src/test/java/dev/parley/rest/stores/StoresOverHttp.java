package dev.parley.rest.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.CountingIds;
import dev.parley.application.testing.ReadingRoom;
import dev.parley.rest.json.JsonField;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The controllers of files and vector stores behind a real socket, over stand-ins. */
final class StoresOverHttp implements AutoCloseable {

    static final String FILES = "/v1/files";
    static final String STORES = "/v1/vector_stores";

    /** When time begins. */
    static final long THEN = 1_745_874_360;

    /** The largest request that the server takes; larger than {@link ReadingRoom#LARGEST_FILE} with room to spare. */
    static final int MAX_BODY = 8_192;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EmbeddedServer server = ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                    ScriptedStores.WANTED,
                    "true",
                    "micronaut.server.port",
                    "-1",
                    "micronaut.server.max-request-size",
                    MAX_BODY,
                    "micronaut.server.max-request-buffer-size",
                    MAX_BODY));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A request's outcome. */
    @SuppressWarnings("ArrayRecordComponent") // read once and never compared
    record Answer(int status, Map<String, List<String>> headers, byte[] bytes) {

        String body() {
            return new String(bytes, UTF_8);
        }

        /** The body, which must come with success. */
        String ok() {
            assertThat(status).as(body()).isEqualTo(200);
            return body();
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

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        JsonField error() {
            return anyJson().at("error");
        }

        /** The body, whatever it comes with. */
        JsonField anyJson() {
            return JsonField.body(bytes);
        }
    }

    ReadingRoom room() {
        return server.getApplicationContext().getBean(ReadingRoom.class);
    }

    /** The n-th id that this server has given, whatever it is of. */
    static String id(String prefix, int number) {
        return prefix + CountingIds.id(number).toString().replace("-", "");
    }

    Answer get(String path) {
        return send("GET", path, "", new byte[0]);
    }

    Answer delete(String path) {
        return send("DELETE", path, "", new byte[0]);
    }

    Answer post(String path, String body) {
        return send("POST", path, "application/json", body.getBytes(UTF_8));
    }

    Answer post(String path, Form form) {
        return send("POST", path, Form.TYPE, form.bytes());
    }

    /** Uploads a file for assistants and gives its id. */
    String upload(String filename, String content) {
        return post(FILES, Form.of(filename, content)).id();
    }

    /** Makes a vector store and gives its id. */
    String store() {
        return post(STORES, "{}").id();
    }

    /** Puts a file into a store, and gives its path. */
    String attached(String store, String file) {
        post("%s/%s/files".formatted(STORES, store), "{\"file_id\":\"%s\"}".formatted(file))
                .ok();
        return "%s/%s/files/%s".formatted(STORES, store, file);
    }

    /** Has the server begin to read files; only once. */
    void startReading() {
        room().ingestion().start();
    }

    /** Waits until what was put into the store has been read. */
    void awaitRead(String store) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!get(STORES + '/' + store).json().at("status").string().equals("completed")) {
            assertThat(System.nanoTime()).as("nobody has read the files").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    Answer send(String method, String path, String contentType, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.getURL() + path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError("no answer", failed);
        }
    }

    @Override
    public void close() {
        room().ingestion().stop();
        client.close();
        server.close();
    }
}
