package dev.parley.bootstrap.golden;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands names for what is new in every run: ids, in the order in which they appear, and times. Nothing else is changed. */
final class Names {

    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern ID = Pattern.compile("\"(agent|session|turn|step)_id\":\"(" + UUID + ")\"");
    private static final Pattern ANY_ID = Pattern.compile(UUID);
    private static final Pattern TIME =
            Pattern.compile("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?Z\"");

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** The text with names of its own, so that two that say the same are equal. */
    static String in(String text) {
        return new Names().apply(text);
    }

    /** Names an id before it appears. */
    void introduce(String kind, String id) {
        names.computeIfAbsent(id, _ -> "<%s-%d>".formatted(kind, counts.merge(kind, 1, Integer::sum)));
    }

    String apply(String text) {
        Matcher ids = ID.matcher(text);
        while (ids.find()) {
            introduce(ids.group(1), ids.group(2));
        }
        String named = ANY_ID.matcher(text).replaceAll(id -> {
            introduce("id", id.group());
            return names.get(id.group());
        });
        return TIME.matcher(named).replaceAll("\"<t>\"");
    }
}
