package dev.parley.inference.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** An ordinary client with a pool of connections, for the tests of the server itself. */
final class UpstreamClient implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    UpstreamClient(ScriptedUpstream upstream) {
        this.base = upstream.baseUri();
    }

    static String asking(String model, String question) {
        return """
            {"model":%s,"stream":true,"messages":[{"role":"user","content":%s}]}\
            """.formatted(Json.quote(model), Json.quote(question));
    }

    /** Returns when the head has arrived. */
    HttpResponse<InputStream> post(String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofInputStream());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
    }

    /** Returns the whole body. */
    String ask(String question) throws IOException, InterruptedException {
        return rest(post(asking("m", question)));
    }

    static String rest(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }

    /** Reads through the first event, as far as its blank line. */
    static String event(HttpResponse<InputStream> response) throws IOException {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        int last = 0;
        for (int next = response.body().read();
                next >= 0;
                next = response.body().read()) {
            event.write(next);
            if (next == '\n' && last == '\n') {
                break;
            }
            last = next;
        }
        return event.toString(UTF_8);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
