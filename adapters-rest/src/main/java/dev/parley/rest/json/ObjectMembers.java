package dev.parley.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.parley.domain.message.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of an object that passes through, each as it stands there. It is lenient where a request is not: models write
 * such objects too, and what they write must not keep an answer from going out.
 */
public final class ObjectMembers {

    /** No members. */
    public static final ObjectMembers NONE = new ObjectMembers(Map.of(), Map.of());

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Map<String, RawJson> members;
    private final Map<String, String> strings;

    private ObjectMembers(Map<String, RawJson> members, Map<String, String> strings) {
        this.members = members;
        this.strings = strings;
    }

    public static ObjectMembers of(JsonText object) {
        return of(object.text());
    }

    /** The members of the object; none when the text is anything else. */
    public static ObjectMembers of(String text) {
        try (JsonParser parser = FACTORY.createParser(text.toCharArray())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NONE;
            }
            Map<String, RawJson> members = new LinkedHashMap<>();
            Map<String, String> strings = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                strings.remove(name);
                if (token == JsonToken.VALUE_STRING) {
                    strings.put(name, parser.getText());
                }
                members.put(name, value(text, token, parser));
            }
            return new ObjectMembers(members, strings);
        } catch (IOException _) {
            return NONE;
        }
    }

    /** The elements of an array; none when the text is anything else. */
    public static List<RawJson> elements(RawJson array) {
        return elements(array, (text, parser) -> value(text, parser.currentToken(), parser));
    }

    /** The elements of an array as texts: strings for what they say, all else as it stands there. */
    public static List<String> texts(RawJson array) {
        return elements(
                array,
                (text, parser) -> parser.currentToken() == JsonToken.VALUE_STRING
                        ? parser.getText()
                        : value(text, parser.currentToken(), parser).text());
    }

    /** Reads what a parser stands at. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(String text, JsonParser parser) throws IOException;
    }

    private static <T> List<T> elements(RawJson array, Reading<T> reading) {
        String text = array.text();
        try (JsonParser parser = FACTORY.createParser(text.toCharArray())) {
            List<T> elements = new ArrayList<>();
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                for (JsonToken token = parser.nextToken();
                        token != null && token != JsonToken.END_ARRAY;
                        token = parser.nextToken()) {
                    elements.add(reading.read(text, parser));
                }
            }
            return elements;
        } catch (IOException _) {
            return List.of();
        }
    }

    private static RawJson value(String text, JsonToken token, JsonParser parser) throws IOException {
        if (!token.isStructStart()) {
            return token == JsonToken.VALUE_STRING
                    ? ObjectText.quoted(parser.getText())
                    : new RawJson(parser.getText());
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        return RawJson.of(new JsonText(text.substring(start, end)));
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /** What the member holds; empty when there is none, but not when it is a null. */
    public Optional<RawJson> raw(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** What the member holds; empty when that is nothing, or a null. */
    public Optional<RawJson> given(String name) {
        return raw(name).filter(value -> !value.equals(RawJson.NULL));
    }

    /** The text of a member that is a string; empty when it is anything else. */
    public Optional<String> string(String name) {
        return Optional.ofNullable(strings.get(name));
    }

    /** The members of a member that is an object; none when it is anything else. */
    public ObjectMembers object(String name) {
        return raw(name).map(value -> of(value.text())).orElse(NONE);
    }

    /** Puts these members, but for those with the names, behind what is there. */
    public ObjectText into(ObjectText object, Set<String> without) {
        members.forEach((name, value) -> {
            if (!without.contains(name)) {
                object.raw(name, value);
            }
        });
        return object;
    }
}
