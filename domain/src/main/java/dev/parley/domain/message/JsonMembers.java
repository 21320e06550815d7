package dev.parley.domain.message;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a JSON object, each in the text that it came as; what is inside of them is not looked at. Of two members of
 * one name the later counts.
 */
public final class JsonMembers {

    private final Map<String, String> members;

    private JsonMembers(Map<String, String> members) {
        this.members = members;
    }

    /** @throws IllegalArgumentException when the text is no JSON object */
    public static JsonMembers of(JsonText object) {
        return new JsonMembers(new Reader(object.text()).object());
    }

    /** The value of a member; empty when there is none of this name. */
    public Optional<JsonText> get(String name) {
        return Optional.ofNullable(members.get(name)).map(JsonText::new);
    }

    /** These and the others; where both have one of the same name, the other's. */
    public JsonMembers with(JsonMembers others) {
        Map<String, String> all = new LinkedHashMap<>(members);
        all.putAll(others.members);
        return new JsonMembers(all);
    }

    /** These and one more, which takes the place of one of the same name. */
    public JsonMembers with(String name, JsonText value) {
        Map<String, String> all = new LinkedHashMap<>(members);
        all.put(name, value.text());
        return new JsonMembers(all);
    }

    /** The object that has these members. */
    public JsonText text() {
        StringBuilder text = new StringBuilder("{");
        members.forEach((name, value) -> text.append(text.length() > 1 ? "," : "")
                .append(JsonText.ofString(name).text())
                .append(':')
                .append(value));
        return new JsonText(text.append('}').toString());
    }

    /** Finds where the members of the outermost object begin and end. */
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Map<String, String> object() {
            Map<String, String> found = new LinkedHashMap<>();
            expect('{');
            if (peek() != '}') {
                do {
                    String name = name();
                    expect(':');
                    found.put(name, value());
                } while (isNext(','));
            }
            expect('}');
            if (peek() != 0) {
                throw notAnObject();
            }
            return found;
        }

        private String name() {
            if (peek() != '"') {
                throw notAnObject();
            }
            int start = at;
            skipString();
            return unescaped(text.substring(start + 1, at - 1));
        }

        private String value() {
            peek();
            int start = at;
            int depth = 0;
            while (at < text.length()) {
                char unit = text.charAt(at);
                if (unit == '"') {
                    skipString();
                    continue;
                }
                if (depth == 0 && (unit == ',' || unit == '}' || unit == ']')) {
                    break;
                }
                if (unit == '{' || unit == '[') {
                    depth++;
                } else if (unit == '}' || unit == ']') {
                    depth--;
                }
                at++;
            }
            String value = text.substring(start, at).strip();
            if (value.isEmpty() || depth != 0) {
                throw notAnObject();
            }
            return value;
        }

        private void skipString() {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            if (at >= text.length()) {
                throw notAnObject();
            }
            at++;
        }

        private void expect(char wanted) {
            if (!isNext(wanted)) {
                throw notAnObject();
            }
        }

        private boolean isNext(char wanted) {
            if (peek() != wanted) {
                return false;
            }
            at++;
            return true;
        }

        /** What comes after the blanks; NUL at the end. */
        private char peek() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        private static String unescaped(String quoted) {
            if (quoted.indexOf('\\') < 0) {
                return quoted;
            }
            StringBuilder plain = new StringBuilder(quoted.length());
            for (int index = 0; index < quoted.length(); index++) {
                char unit = quoted.charAt(index);
                if (unit != '\\') {
                    plain.append(unit);
                    continue;
                }
                char escape = quoted.charAt(++index);
                if (escape == 'u') {
                    plain.append((char) Integer.parseInt(quoted, index + 1, Math.min(index + 5, quoted.length()), 16));
                    index += 4;
                } else {
                    int control = "btnfr".indexOf(escape);
                    plain.append(control < 0 ? escape : "\b\t\n\f\r".charAt(control));
                }
            }
            return plain.toString();
        }

        private static IllegalArgumentException notAnObject() {
            return new IllegalArgumentException("the text is no JSON object");
        }
    }
}
