package dev.parley.bootstrap.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;

/** A client that reads an answer as it comes, byte by byte, and may leave in the middle of it. */
final class RawReader implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    private RawReader(Socket socket) {
        this.socket = socket;
    }

    /** Posts JSON and returns at once. */
    static RawReader post(Http http, String path, String body) {
        return send(
                http,
                "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(path, http.server().getAuthority(), body.getBytes(UTF_8).length, body));
    }

    /** Sends these bytes of a request and returns at once. */
    static RawReader send(Http http, String request) {
        URI server = http.server();
        try {
            Socket socket = new Socket(server.getHost(), server.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new RawReader(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Blocks until this text has come, and gives all that has come so far. */
    String readThrough(String text) {
        try {
            while (!seen.toString(UTF_8).endsWith(text)) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new AssertionError("the answer ended without '%s': %s".formatted(text, seen.toString(UTF_8)));
                }
                seen.write(next);
            }
            return seen.toString(UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "'%s' did not come after: %s".formatted(text, seen.toString(UTF_8)), failure);
        }
    }

    /** The body so far of an answer that comes in chunks. */
    static String unchunked(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4).replaceAll("(?m)^[0-9a-f]+\r\n|\r\n", "");
    }

    /** Leaves without a word. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
