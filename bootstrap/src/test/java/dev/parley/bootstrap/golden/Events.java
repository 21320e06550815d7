package dev.parley.bootstrap.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The events of a response's stream (responses-api 9.1 and 9.2). */
record Events(List<Event> all) {

    private static final String DONE = "data: [DONE]\n\n";
    private static final Pattern FRAME =
            Pattern.compile("event: (\\S+)\ndata: (\\{\"type\":\"(\\S+?)\",\"sequence_number\":(\\d+).*})\n\n");
    private static final Pattern SNAPSHOT =
            Pattern.compile("\\{\"type\":\"response\\.\\w+\",\"sequence_number\":\\d+,\"response\":(\\{.*})}");
    private static final Pattern DONE_ITEM =
            Pattern.compile("\\{\"type\":\"response\\.output_item\\.done\",.*?,\"item\":(\\{.*})}");

    record Event(String type, int number, String data) {}

    Events {
        all = List.copyOf(all);
    }

    /** The events of the whole stream. */
    static Events of(Answer answer) {
        return from(0, answer.body());
    }

    /**
     * The events of a stream that begins with the one of this number.
     *
     * @throws AssertionError when it is not framed exactly as every client can read it
     */
    static Events from(int first, String body) {
        List<Event> events = new ArrayList<>();
        if (!body.endsWith(DONE)) {
            throw new AssertionError("a stream ends in [DONE]: " + body);
        }
        for (String text : body.substring(0, body.length() - DONE.length()).split("(?<=\n\n)", 0)) {
            if (text.isEmpty()) {
                continue;
            }
            Matcher frame = FRAME.matcher(text);
            if (!frame.matches() || !frame.group(1).equals(frame.group(3))) {
                throw new AssertionError("not an event of a stream: " + text);
            }
            Event event = new Event(frame.group(1), Integer.parseInt(frame.group(4)), frame.group(2));
            if (event.number() != first + events.size()) {
                throw new AssertionError("not number %d: %s".formatted(first + events.size(), text));
            }
            if (!event.type().equals("error") && Json.parse(event.data()).node().get("error") != null) {
                throw new AssertionError("clients take this for an error: " + text);
            }
            events.add(event);
        }
        return new Events(events);
    }

    List<String> types() {
        return all.stream().map(Event::type).toList();
    }

    /** The response as the last event tells it, byte for byte; empty when there is none that does. */
    Optional<String> response() {
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(SNAPSHOT.matcher(all.getLast().data()))
                        .filter(Matcher::matches)
                        .map(snapshot -> snapshot.group(1));
    }

    /** The items that were told whole, byte for byte. */
    List<String> doneItems() {
        return all.stream()
                .map(event -> DONE_ITEM.matcher(event.data()))
                .filter(Matcher::matches)
                .map(item -> item.group(1))
                .toList();
    }
}
