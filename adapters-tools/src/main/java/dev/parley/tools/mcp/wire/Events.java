package dev.parley.tools.mcp.wire;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a stream of server-sent events. */
final class Events {

    /**
     * One event.
     *
     * @param type {@code message} where nothing else is said
     */
    record Event(String type, String data) {
        Event {
            requireNonNull(type, "type");
            requireNonNull(data, "data");
        }

        boolean isMessage() {
            return type.equals("message") && !data.isBlank();
        }
    }

    /** Longer waits are nobody's: the call they are for has ended by then. */
    private static final Pattern MILLISECONDS = Pattern.compile("\\d{1,9}");

    private final Lines lines;
    private final long longest;

    @Nullable
    private String lastId;

    @Nullable
    private Duration retry;

    Events(InputStream in, long longest) {
        this.lines = new Lines(in, longest);
        this.longest = longest;
    }

    /** The id of the last event that had one. */
    Optional<String> lastId() {
        return Optional.ofNullable(lastId);
    }

    /** How long to wait before the stream is asked for again, in the server's last word on it; empty when it has none. */
    Optional<Duration> retry() {
        return Optional.ofNullable(retry);
    }

    /** Blocks for the next event; null when the stream is at its end. */
    @Nullable
    Event next() throws IOException {
        StringBuilder data = new StringBuilder();
        String type = "message";
        boolean begun = false;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isEmpty()) {
                if (begun) {
                    return new Event(type, data.toString());
                }
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
            switch (field) {
                case "data" -> {
                    data.append(data.isEmpty() ? "" : "\n").append(value);
                    begun = true;
                }
                case "event" -> {
                    type = value.isEmpty() ? "message" : value;
                    begun = true;
                }
                case "id" -> {
                    lastId = value.isEmpty() ? null : value;
                    begun = true;
                }
                case "retry" -> {
                    if (MILLISECONDS.matcher(value).matches()) {
                        retry = Duration.ofMillis(Long.parseLong(value));
                    }
                }
                default -> {
                    // a comment, or a field that means nothing here
                }
            }
            if (data.length() > longest) {
                throw Lines.tooLong(longest);
            }
        }
        return null;
    }
}
