package dev.parley.bootstrap.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** Plain requests, without the comfort of a client library. */
final class Http {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    static HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).GET(), BodyHandlers.ofString());
    }

    static HttpResponse<String> post(URI uri, Object body) {
        return send(posting(uri, body), BodyHandlers.ofString());
    }

    static HttpResponse<String> post(URI uri, Object body, Map<String, String> headers) {
        HttpRequest.Builder request = posting(uri, body);
        headers.forEach(request::header);
        return send(request, BodyHandlers.ofString());
    }

    static HttpResponse<String> postBytes(URI uri, String contentType, byte[] body) {
        return send(
                HttpRequest.newBuilder(uri).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)),
                BodyHandlers.ofString());
    }

    static HttpResponse<String> delete(URI uri) {
        return send(HttpRequest.newBuilder(uri).DELETE(), BodyHandlers.ofString());
    }

    /** Posts and reads the answer line by line while it comes. */
    static HttpResponse<Stream<String>> postForLines(URI uri, Object body) {
        return send(posting(uri, body), BodyHandlers.ofLines());
    }

    /** Reads the answer line by line while it comes. */
    static HttpResponse<Stream<String>> getForLines(URI uri) {
        return send(HttpRequest.newBuilder(uri).GET(), BodyHandlers.ofLines());
    }

    /**
     * The body of an answer that has to be a success.
     *
     * @throws AssertionError when it is another
     */
    static Json json(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError("%s %s: %d %s"
                    .formatted(response.request().method(), response.uri(), response.statusCode(), response.body()));
        }
        return Json.parse(response.body());
    }

    private static HttpRequest.Builder posting(URI uri, Object body) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)));
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
        try {
            return CLIENT.send(request.timeout(PATIENCE).build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an answer", e);
        }
    }
}
