package dev.parley.bootstrap.golden;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands names for what is new in every run: ids, in the order in which they appear, what is sealed, times, and the letters
 * that hide how long a piece is. Nothing else is changed.
 */
final class Names {

    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern ID = Pattern.compile("\"(agent|session|turn|step)_id\":\"(" + UUID + ")\"");
    private static final Pattern ANY_ID = Pattern.compile(UUID);
    private static final Pattern TIME =
            Pattern.compile("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?Z\"");

    /** Of responses, conversations and their items; the id of an item holds the one of its response. */
    private static final Pattern PREFIXED_ID = Pattern.compile("\\b([a-z]+)_([0-9a-f]{32})");

    private static final Pattern MADE_UP_CALL = Pattern.compile("\"(?:call_)?id\":\"([A-Za-z0-9]{9})\"");
    private static final Pattern SEAL = Pattern.compile("(?<=\"encrypted_content\":\")[^\"<]+(?=\")");
    private static final Pattern SECONDS = Pattern.compile("\"(created_at|completed_at)\":\\d{10}\\b");
    private static final Pattern PADDING = Pattern.compile("\"obfuscation\":\"[A-Za-z0-9]{1,16}\"");
    private static final Pattern NAME = Pattern.compile("(?:([a-z]+)_)?<([a-z]+)-(\\d+)>");

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> calls = new LinkedHashSet<>();

    /** The text with names of its own, so that two that say the same are equal. */
    static String in(String text) {
        return new Names().apply(text);
    }

    /** Names an id before it appears. */
    void introduce(String kind, String id) {
        name(kind, id);
    }

    String apply(String text) {
        Matcher named = ID.matcher(text);
        while (named.find()) {
            introduce(named.group(1), named.group(2));
        }
        String plain = ANY_ID.matcher(text).replaceAll(id -> name("id", id.group()));
        String withoutIds = PREFIXED_ID.matcher(plain).replaceAll(id -> prefixed(id.group(1), id.group(2)));
        String unsealed = SEAL.matcher(withoutIds).replaceAll(seal -> name("seal", seal.group()));
        return withoutNoise(withoutCalls(unsealed));
    }

    /** The text with the ids again that the names in it stand for. */
    String restore(String text) {
        return NAME.matcher(text).replaceAll(found -> {
            String kind = found.group(2);
            String id = ids.get("<%s-%s>".formatted(kind, found.group(3)));
            if (id == null) {
                throw new AssertionError("nothing was called %s so far".formatted(found.group()));
            }
            return found.group(1) == null ? id : found.group(1) + id.substring(kind.length());
        });
    }

    private String prefixed(String prefix, String digits) {
        String known = names.get(digits);
        if (known == null) {
            known = name(prefix, digits);
            ids.put(known, prefix + "_" + digits);
        }
        return known.startsWith("<" + prefix + "-") ? known : prefix + "_" + known;
    }

    private String withoutCalls(String text) {
        Matcher made = MADE_UP_CALL.matcher(text);
        while (made.find()) {
            calls.add(made.group(1));
            name("call", made.group(1));
        }
        String result = text;
        for (String call : calls) {
            result = result.replace(call, name("call", call));
        }
        return result;
    }

    private static String withoutNoise(String text) {
        String timeless = TIME.matcher(text).replaceAll("\"<t>\"");
        String withoutSeconds = SECONDS.matcher(timeless).replaceAll("\"$1\":<s>");
        return PADDING.matcher(withoutSeconds).replaceAll("\"obfuscation\":\"<padding>\"");
    }

    /** Ids are the same with dashes and without. */
    private String name(String kind, String id) {
        return names.computeIfAbsent(kind.equals("seal") ? id : id.replace("-", ""), _ -> {
            String name = "<%s-%d>".formatted(kind, counts.merge(kind, 1, Integer::sum));
            ids.put(name, id);
            return name;
        });
    }
}
