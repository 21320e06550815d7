package dev.parley.rest.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a part of a form says of itself: its name, and that of its file. Every client library quotes these in its own way. */
record DispositionParams(Map<String, String> byName) {

    /** A quote or a backslash may have a backslash before it; any other backslash is one, as in the paths of Windows. */
    private static final Pattern PARAM =
            Pattern.compile(";\\s*+([^=;\\s\"]++)\\s*+=\\s*+(?:\"((?:\\\\[\"\\\\]|[^\"])*+)\"|([^;\"]++))");

    private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");
    private static final String IN_UTF_8 = "utf-8''";

    DispositionParams {
        byName = Map.copyOf(byName);
    }

    /** @param header such as {@code form-data; name="file"; filename="a.txt"} */
    static DispositionParams of(String header) {
        Map<String, String> byName = new HashMap<>();
        Matcher param = PARAM.matcher(header);
        while (param.find()) {
            String quoted = param.group(2);
            byName.putIfAbsent(
                    param.group(1).toLowerCase(Locale.ROOT),
                    quoted == null
                            ? param.group(3).strip()
                            : ESCAPED.matcher(quoted).replaceAll("$1"));
        }
        return new DispositionParams(byName);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The file's name, as it was before it was written down; empty for what is no file. */
    Optional<String> filename() {
        return get("filename*")
                .filter(text -> text.regionMatches(true, 0, IN_UTF_8, 0, IN_UTF_8.length()))
                .map(text -> decoded(text.substring(IN_UTF_8.length())))
                // browsers and those who follow them write down these three alone in this way
                .or(() -> get("filename")
                        .map(text ->
                                text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")));
    }

    /** Without the percent encoding; what is none stays as it is. */
    private static String decoded(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int place = 0; place < text.length(); place++) {
            int high = place + 2 < text.length() && text.charAt(place) == '%'
                    ? Character.digit(text.charAt(place + 1), 16)
                    : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(place + 2), 16);
            if (low < 0) {
                bytes.writeBytes(text.substring(place, place + 1).getBytes(UTF_8));
            } else {
                bytes.write(high * 16 + low);
                place += 2;
            }
        }
        return bytes.toString(UTF_8);
    }
}
