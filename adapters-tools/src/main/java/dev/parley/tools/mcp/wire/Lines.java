package dev.parley.tools.mcp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads text line by line, and no line that is longer than it may be. */
final class Lines {

    private static final int BUFFER = 8192;

    private final InputStream in;
    private final long longest;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private boolean skipLineFeed;

    Lines(InputStream in, long longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * Blocks for the next line, without what ends it: a line feed, a carriage return or both. Null at the end of all; a last
     * line that nothing ends is left out.
     *
     * @throws WireFailed when it is too long
     */
    @Nullable
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (at == end) {
                end = in.read(buffer, 0, buffer.length);
                at = 0;
                if (end < 0) {
                    end = 0;
                    return null;
                }
            }
            if (skipLineFeed) {
                skipLineFeed = false;
                if (at < end && buffer[at] == '\n') {
                    at++;
                    continue;
                }
            }
            int start = at;
            while (at < end && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            line.write(buffer, start, at - start);
            if (line.size() > longest) {
                throw tooLong(longest);
            }
            if (at < end) {
                skipLineFeed = buffer[at++] == '\r';
                return line.toString(UTF_8);
            }
        }
    }

    static WireFailed tooLong(long longest) {
        return WireFailed.of(
                WireFailed.Kind.GARBAGE,
                "it sent a message of more than the %d bytes that are taken".formatted(longest));
    }
}
