package dev.parley.bootstrap.golden;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Stands names for what is new in every run of the Responses API: ids, in the order in which they appear, times and seals. */
final class ResponseNames {

    private static final Pattern ID =
            Pattern.compile("\\b([a-z]+)_[0-9a-f]{32}(?:i[0-9a-f]+|o[0-9a-f]+n[0-9a-f]+)?\\b");
    private static final Pattern TIME = Pattern.compile("\"(created_at|completed_at)\":[0-9]+");
    private static final Pattern SEAL = Pattern.compile("\"s1\\.[0-9a-f]{8}\\.[A-Za-z0-9_-]+\"");

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** The text with names of its own, so that two that say the same are equal. */
    static String in(String text) {
        return new ResponseNames().apply(text);
    }

    String apply(String text) {
        String named = ID.matcher(text)
                .replaceAll(id -> names.computeIfAbsent(
                        id.group(), _ -> "<%s-%d>".formatted(id.group(1), counts.merge(id.group(1), 1, Integer::sum))));
        return SEAL.matcher(TIME.matcher(named).replaceAll("\"$1\":<t>")).replaceAll("\"<sealed>\"");
    }
}
