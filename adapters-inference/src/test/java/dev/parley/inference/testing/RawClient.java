package dev.parley.inference.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A socket on which a test sees each byte and decides how to leave. */
final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient(ScriptedUpstream upstream) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), upstream.port());
        socket.setSoTimeout(10_000);
    }

    RawClient ask(String question) throws IOException {
        String body = UpstreamClient.asking("m", question);
        return send("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.getBytes(UTF_8).length, body));
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return this;
    }

    /** Reads up to and with this text. */
    String readThrough(String end) throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        while (!seen.toString(UTF_8).endsWith(end)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the server closed after: " + seen.toString(UTF_8));
            }
            seen.write(next);
        }
        return seen.toString(UTF_8);
    }

    /** Returns -1 at an orderly end; throws on a reset. */
    int read() throws IOException {
        return socket.getInputStream().read();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
