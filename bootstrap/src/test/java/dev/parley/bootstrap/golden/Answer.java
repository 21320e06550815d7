package dev.parley.bootstrap.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server answered.
 *
 * @param headers by name in lower case, the last value of each
 */
record Answer(int status, Map<String, String> headers, String body) {

    private static final String ITEM = "data: ";
    private static final Pattern TURN = Pattern.compile(
            "\\{\"event\":\\{\"payload\":\\{\"event_type\":\"turn_(?:complete|awaiting_input)\",\"turn\":(.*)}}}");
    private static final Pattern STEP = Pattern.compile(
            "\\{\"event\":\\{\"payload\":\\{\"event_type\":\"step_complete\",.*?,\"step_details\":(.*)}}}");

    Answer {
        headers = new TreeMap<>(headers);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean isStream() {
        return header("content-type").startsWith("text/event-stream");
    }

    /** The data of each item, which must be framed exactly as clients of the era can read it. */
    List<String> items() {
        List<String> items = new ArrayList<>();
        for (String frame : body.split("(?<=\n\n)", 0)) {
            if (!frame.startsWith(ITEM)
                    || !frame.endsWith("\n\n")
                    || frame.strip().contains("\n")) {
                throw new AssertionError("not an item of a stream: " + frame);
            }
            items.add(frame.substring(ITEM.length(), frame.length() - 2));
        }
        return items;
    }

    /** The turn that the answer gives, byte for byte; empty when it gives none. */
    Optional<String> turn() {
        if (!isStream()) {
            return Optional.of(body).filter(json -> status == 200 && json.startsWith("{\"turn_id\":"));
        }
        Matcher last = TURN.matcher(items().getLast());
        return last.matches() ? Optional.of(last.group(1)) : Optional.empty();
    }

    /** The steps that a stream told whole, byte for byte. */
    List<String> completedSteps() {
        return items().stream()
                .map(STEP::matcher)
                .filter(Matcher::matches)
                .map(step -> step.group(1))
                .toList();
    }
}
