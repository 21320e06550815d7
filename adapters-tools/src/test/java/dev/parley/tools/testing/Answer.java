package dev.parley.tools.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What a scripted server says to one request. */
public final class Answer {

    private final Socket socket;
    private boolean whole;

    Answer(Socket socket) {
        this.socket = socket;
    }

    boolean isWhole() {
        return whole;
    }

    /** A whole answer. */
    public void send(int status, String mediaType, byte[] body) throws IOException {
        send(status, Map.of("Content-Type", mediaType), body);
    }

    public void send(int status, String mediaType, String body) throws IOException {
        send(status, mediaType, body.getBytes(UTF_8));
    }

    public void send(int status, Map<String, String> headers, byte[] body) throws IOException {
        StringBuilder head = head(status, headers);
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        write(head.toString());
        socket.getOutputStream().write(body);
        whole = true;
    }

    public void redirect(int status, String location) throws IOException {
        send(status, Map.of("Location", location), new byte[0]);
    }

    /** Begins an answer that ends when the connection does. */
    public OutputStream begin(int status, Map<String, String> headers) throws IOException {
        write(head(status, headers).append("Connection: close\r\n\r\n").toString());
        return socket.getOutputStream();
    }

    /** Begins a stream of events. */
    public OutputStream events(Map<String, String> headers) throws IOException {
        write(head(200, headers)
                .append("Content-Type: text/event-stream\r\nConnection: close\r\n\r\n")
                .toString());
        return socket.getOutputStream();
    }

    /** Bytes as they are, whatever they are. */
    public void write(String raw) throws IOException {
        socket.getOutputStream().write(raw.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    /** Blocks until the client has closed its side. */
    public void awaitClosed() throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // what comes is of no interest
        }
    }

    public static byte[] gzipped(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static StringBuilder head(int status, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
        headers.forEach((name, value) -> head.append(name)
                .append(": ")
                .append(new String(value.getBytes(UTF_8), ISO_8859_1))
                .append("\r\n"));
        return head;
    }
}
