package dev.parley.bootstrap.endtoend;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** A streamed turn as its reader gets it. */
final class Telling {

    private static final String DATA = "data: ";

    private final Iterator<String> lines;

    Telling(HttpResponse<Stream<String>> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " "
                    + String.join("\n", response.body().toList()));
        }
        this.lines = response.body().iterator();
    }

    /**
     * Blocks until a piece of text has come, and returns it.
     *
     * @throws AssertionError when the stream ends without
     */
    String awaitText() {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.contains("\"step_progress\"")) {
                return item(line).text("event", "payload", "delta", "text");
            }
        }
        throw new AssertionError("the stream has ended without a text");
    }

    /** Reads to the proper end of the stream; the items that came until then. */
    List<Json> rest() {
        List<Json> items = new ArrayList<>();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(DATA)) {
                items.add(item(line));
            }
        }
        return items;
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

    private static Json item(String line) {
        return Json.parse(line.substring(DATA.length()));
    }
}
