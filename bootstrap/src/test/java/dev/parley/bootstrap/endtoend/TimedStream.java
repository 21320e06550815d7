package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One streamed answer, read from a bare socket so that no client library's own threads stand between the bytes and the clock. Its
 * tokens are the times at which a model wrote them.
 */
final class TimedStream {

    /** Hears of each token. */
    @FunctionalInterface
    interface Listener {
        /** @param first whether it is the stream's first */
        void token(boolean first, long written, long seen);
    }

    /** A piece of text on its way, from Parley or straight from a model; not the whole text that is told at the end. */
    private static final Pattern PIECE =
            Pattern.compile("\"step_progress\".*\"text\":\"([\\d ]+)\"|\"delta\":\\{\"content\":\"([\\d ]+)\"");

    private final Listener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private boolean first = true;

    private TimedStream(Listener listener) {
        this.listener = listener;
    }

    /**
     * Posts and reads until the connection closes. Blocks for as long as the stream takes.
     *
     * @return what it was instead of a success that came to its proper end
     */
    static Optional<String> read(URI uri, String json, Listener listener) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setTcpNoDelay(true);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes("""
                POST %s HTTP/1.1\r
                Host: %s\r
                Content-Type: application/json\r
                Connection: close\r
                Content-Length: %d\r
                \r
                """.formatted(uri.getPath(), uri.getAuthority(), body.length)
                    .getBytes(UTF_8));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            return new TimedStream(listener).read(socket.getInputStream());
        }
    }

    private Optional<String> read(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        String status = "no answer";
        String last = "";
        boolean complete = false;
        for (int count = in.read(buffer); count >= 0 && !complete; count = in.read(buffer)) {
            long seen = System.nanoTime();
            for (int index = 0; index < count; index++) {
                if (buffer[index] != '\n') {
                    line.write(buffer[index]);
                    continue;
                }
                String text = line.toString(UTF_8);
                line.reset();
                if (text.startsWith("HTTP/1.1 ")) {
                    status = text.strip();
                }
                last = text.isBlank() ? last : text;
                complete |= text.contains("\"turn_complete\"") || text.equals("data: [DONE]");
                tell(text, seen);
            }
        }
        last = line.size() > 0 ? line.toString(UTF_8) : last;
        return complete && status.startsWith("HTTP/1.1 200") ? Optional.empty() : Optional.of(status + " " + last);
    }

    private void tell(String text, long seen) {
        Matcher piece = PIECE.matcher(text);
        if (!piece.find()) {
            return;
        }
        String times = piece.group(1) == null ? piece.group(2) : piece.group(1);
        for (String written : times.strip().split(" ", -1)) {
            listener.token(first, Long.parseLong(written), seen);
            first = false;
        }
    }
}
