package dev.parley.inference.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads HTTP/1.1 requests off one connection. */
final class RequestReader {

    private final int connection;
    private final InputStream in;
    private final OutputStream out;

    /** Takes the output as well, since a client may want to hear {@code 100 Continue} before it sends its body. */
    RequestReader(int connection, InputStream in, OutputStream out) {
        this.connection = connection;
        this.in = new BufferedInputStream(in, 4096);
        this.out = out;
    }

    /** Blocks for the next request; empty when the client has closed the connection. */
    Optional<RecordedRequest> next() throws IOException {
        String requestLine = line();
        if (requestLine.isEmpty()) {
            return Optional.empty();
        }
        String[] words = requestLine.split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("not an HTTP/1 request: " + requestLine);
        }
        Map<String, List<String>> headers = headers();
        if (headers.containsKey("Expect")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        }
        return Optional.of(new RecordedRequest(connection, words[0], words[1], headers, body(headers)));
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("not a header: " + line);
            }
            headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String body(Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("Transfer-Encoding")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.writeBytes(exactly(size));
                line();
            }
            headers();
            return body.toString(UTF_8);
        }
        List<String> length = headers.getOrDefault("Content-Length", List.of("0"));
        return new String(exactly(Integer.parseInt(length.getFirst())), UTF_8);
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", -1)[0].strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the client closed the connection inside a body");
        }
        return bytes;
    }

    /** Reads up to a line end, or up to where the connection ends. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
