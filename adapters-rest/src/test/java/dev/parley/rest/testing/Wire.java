package dev.parley.rest.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Locale;

/** One connection to a server, byte by byte, for what no client library shows. A silent server fails the test in time. */
public final class Wire implements AutoCloseable {

    private static final int PATIENCE_MS = 10_000;

    private final Socket socket;
    private final InputStream in;

    public Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    }

    /** Writes a whole request with a JSON body. */
    public Wire post(String path, String body, String... headers) throws IOException {
        return send("POST", path, body.getBytes(UTF_8), headers);
    }

    public Wire get(String path, String... headers) throws IOException {
        return send("GET", path, new byte[0], headers);
    }

    public Wire send(String method, String path, byte[] body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("%s %s HTTP/1.1\r\nHost: localhost\r\n".formatted(method, path));
        if (body.length > 0) {
            head.append("Content-Type: application/json\r\nContent-Length: %d\r\n".formatted(body.length));
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
        whole.writeBytes(body);
        return raw(whole.toByteArray());
    }

    public Wire raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** What the next read of the socket gives, as text; empty at the end of the stream. */
    public String read() throws IOException {
        byte[] bytes = new byte[64 * 1024];
        int count = in.read(bytes);
        return count < 0 ? "" : new String(bytes, 0, count, UTF_8);
    }

    /** Reads until the text has been seen, or the server has closed the connection. */
    public String readUntil(String end) throws IOException {
        byte[] last = end.getBytes(UTF_8);
        var seen = new StringBuilder();
        var bytes = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < last.length) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            bytes.write(next);
            // only for ends whose first byte comes again nowhere but at their start, which is all that tests look for
            matched = next == last[matched] ? matched + 1 : next == last[0] ? 1 : 0;
            if (bytes.size() >= 64 * 1024 && matched == 0) {
                seen.append(bytes.toString(UTF_8));
                bytes.reset();
            }
        }
        return seen.append(bytes.toString(UTF_8)).toString();
    }

    /** Reads one answer that says its length: the head and the body. */
    public String readAnswer() throws IOException {
        String head = readUntil("\r\n\r\n");
        String length = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("0");
        return head + new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
    }

    /** Says that nothing more will be sent, and stays to listen. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection as a killed process does. */
    public void reset() throws IOException {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
