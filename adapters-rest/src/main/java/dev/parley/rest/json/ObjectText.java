package dev.parley.rest.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.parley.domain.message.JsonText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An object that is put together member by member, for what comes in so many forms that a record for each would say less
 * than the words themselves. Members stand in the order in which they were put; one that is not put is absent.
 */
public final class ObjectText {

    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private final StringBuilder json = new StringBuilder(256).append('{');

    public ObjectText string(String name, String value) {
        key(name).append('"');
        ENCODER.quoteAsString(value, json);
        json.append('"');
        return this;
    }

    public ObjectText number(String name, long value) {
        key(name).append(value);
        return this;
    }

    public ObjectText bool(String name, boolean value) {
        key(name).append(value);
        return this;
    }

    public ObjectText nothing(String name) {
        return raw(name, RawJson.NULL);
    }

    public ObjectText raw(String name, RawJson value) {
        key(name).append(value.text());
        return this;
    }

    public ObjectText array(String name, List<RawJson> items) {
        return raw(name, array(items));
    }

    /** The member where there is a value for it. */
    public ObjectText string(String name, Optional<String> value) {
        value.ifPresent(text -> string(name, text));
        return this;
    }

    /** The member where there is a value for it. */
    public ObjectText raw(String name, Optional<RawJson> value) {
        value.ifPresent(text -> raw(name, text));
        return this;
    }

    /** The member, with a null where there is no value for it. */
    public ObjectText stringOrNull(String name, Optional<String> value) {
        return raw(name, value.map(ObjectText::quoted).orElse(RawJson.NULL));
    }

    /** The member, with a null where there is no value for it. */
    public ObjectText rawOrNull(String name, Optional<RawJson> value) {
        return raw(name, value.orElse(RawJson.NULL));
    }

    /** The object as it is now. */
    public RawJson end() {
        return new RawJson(json + "}");
    }

    public static RawJson array(List<RawJson> items) {
        return new RawJson(items.stream().map(RawJson::text).collect(Collectors.joining(",", "[", "]")));
    }

    public static RawJson quoted(String text) {
        return new RawJson(JsonText.ofString(text).text());
    }

    private StringBuilder key(String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        json.append('"');
        ENCODER.quoteAsString(name, json);
        return json.append("\":");
    }
}
