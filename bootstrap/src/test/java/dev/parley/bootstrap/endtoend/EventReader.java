package dev.parley.bootstrap.endtoend;

import static java.util.stream.Collectors.joining;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The events of a streamed response as their reader gets them. */
final class EventReader {

    private static final String DATA = "data: ";
    private static final String END = "[DONE]";

    private final Iterator<String> lines;

    private EventReader(HttpResponse<Stream<String>> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " "
                    + String.join("\n", response.body().toList()));
        }
        this.lines = response.body().iterator();
    }

    static EventReader posting(URI uri, Object body) {
        return new EventReader(Http.postForLines(uri, body));
    }

    static EventReader getting(URI uri) {
        return new EventReader(Http.getForLines(uri));
    }

    /**
     * Blocks until an event of the type has come; the events up to it.
     *
     * @throws AssertionError when the stream ends without
     */
    List<Json> until(String type) {
        List<Json> events = new ArrayList<>();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(DATA) && !line.endsWith(END)) {
                Json event = Json.parse(line.substring(DATA.length()));
                events.add(event);
                if (event.text("type").equals(type)) {
                    return events;
                }
            }
        }
        throw new AssertionError("the stream has ended without " + type + ": " + events);
    }

    /**
     * Reads to the proper end of the stream; the events that came until then.
     *
     * @throws AssertionError when the stream ends otherwise
     */
    List<Json> rest() {
        List<Json> events = new ArrayList<>();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals(DATA + END)) {
                return events;
            }
            if (line.startsWith(DATA)) {
                events.add(Json.parse(line.substring(DATA.length())));
            }
        }
        throw new AssertionError("the stream has ended without its end: " + events);
    }

    /** Reads until the connection breaks; whether it did before the stream had its proper end. */
    boolean breaksOff() {
        try {
            rest();
            return false;
        } catch (UncheckedIOException _) {
            return true;
        }
    }

    /** All that the response says. */
    static String outputText(Json response) {
        return response.items("output").stream()
                .filter(item -> item.text("type").equals("message"))
                .flatMap(item -> item.items("content").stream())
                .map(part -> part.text("text"))
                .collect(joining());
    }
}
