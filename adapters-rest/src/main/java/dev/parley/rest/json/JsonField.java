package dev.parley.rest.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.JsonValue.JsonArray;
import dev.parley.rest.json.JsonValue.JsonBoolean;
import dev.parley.rest.json.JsonValue.JsonNull;
import dev.parley.rest.json.JsonValue.JsonNumber;
import dev.parley.rest.json.JsonValue.JsonObject;
import dev.parley.rest.json.JsonValue.JsonString;
import io.micronaut.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in a request's body: what stands there, and its path for the sentence that says what is wrong with it. Members
 * that nobody asks for are ignored. Every reading method throws a {@link Refusal} that names the place when something
 * else stands there.
 */
public final class JsonField {

    private final String path;

    /** Null when the member is absent, which a few fields tell from a JSON null. */
    private final @Nullable JsonValue value;

    private JsonField(String path, @Nullable JsonValue value) {
        this.path = path;
        this.value = value;
    }

    /** The whole body of a request; an absent one is an empty one. */
    public static JsonField body(HttpRequest<byte[]> request) {
        return body(request.getBody().orElseGet(() -> new byte[0]));
    }

    public static JsonField body(byte[] bytes) {
        return new JsonField("", JsonSource.parse(bytes));
    }

    /** The member of this object; never null, but perhaps nothing stands there. */
    public JsonField at(String name) {
        return new JsonField(member(path, name), members().get(name));
    }

    /** Whether there is such a member at all, if only a null. */
    public boolean isPresent() {
        return value != null;
    }

    /** Whether anything but null stands here. */
    public boolean isGiven() {
        return value != null && !(value instanceof JsonNull);
    }

    /** What stands here, which must not be nothing. */
    public JsonValue value() {
        if (value == null) {
            throw refuse(name() + " is missing").because(Reason.MISSING_PARAMETER);
        }
        if (value instanceof JsonNull) {
            throw refuse(name() + " must not be null").because(Reason.MISSING_PARAMETER);
        }
        return value;
    }

    /** What is read here, or nothing when nothing stands here. */
    public <T> Optional<T> optional(Function<JsonField, T> read) {
        return isGiven() ? Optional.of(read.apply(this)) : Optional.empty();
    }

    public String string() {
        if (value() instanceof JsonString(String text)) {
            return text;
        }
        throw mustBe("a string");
    }

    public boolean bool() {
        if (value() instanceof JsonBoolean(boolean is)) {
            return is;
        }
        throw mustBe("true or false");
    }

    /** A whole number that is at least {@code min}; {@code 5.0} is one too. */
    public int integer(int min) {
        if (value() instanceof JsonNumber(String text)) {
            double number = Double.parseDouble(text);
            if (number == Math.rint(number) && number >= min && number <= Integer.MAX_VALUE) {
                return (int) number;
            }
            throw refuse("%s must be a whole number from %d to %d".formatted(name(), min, Integer.MAX_VALUE));
        }
        throw mustBe("a whole number");
    }

    public double number() {
        if (value() instanceof JsonNumber(String text)) {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
            throw refuse(name() + " is too large a number");
        }
        throw mustBe("a number");
    }

    public <T> List<T> list(Function<JsonField, T> read) {
        if (value() instanceof JsonArray(List<JsonValue> items, var _)) {
            List<T> list = new ArrayList<>(items.size());
            for (int index = 0; index < items.size(); index++) {
                list.add(read.apply(new JsonField(path + '[' + index + ']', items.get(index))));
            }
            return List.copyOf(list);
        }
        throw mustBe("an array");
    }

    /** One of a few words, each of which stands for something. */
    public <T> T oneOf(Map<String, T> words) {
        T meant = words.get(string());
        if (meant == null) {
            throw refuse("%s is '%s', but must be one of %s"
                            .formatted(
                                    name(),
                                    string(),
                                    words.keySet().stream().sorted().toList()))
                    .because(Reason.INVALID_VALUE);
        }
        return meant;
    }

    /** An object that is carried without being looked into. */
    public JsonText opaqueObject() {
        if (value() instanceof JsonObject(var _, JsonValue.Span span)) {
            return new JsonText(span.text());
        }
        throw mustBe("an object");
    }

    /** A value that is carried without being looked into. */
    public JsonText opaque() {
        return new JsonText(
                switch (value()) {
                    case JsonObject(var _, JsonValue.Span span) -> span.text();
                    case JsonArray(var _, JsonValue.Span span) -> span.text();
                    case JsonNumber(String text) -> text;
                    case JsonBoolean(boolean is) -> String.valueOf(is);
                    case JsonNull _ -> "null";
                    case JsonString(String text) ->
                        '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
                });
    }

    /** The refusal of what stands here, for a reason in one sentence. */
    public Refusal refuse(String sentence) {
        return path.isEmpty() ? Refusal.of(Refusal.Code.INVALID, sentence) : Refusal.invalid(path, sentence);
    }

    /** The refusal of what stands here because it is of the wrong type. */
    public Refusal mustBe(String what) {
        return refuse("%s must be %s, not %s".formatted(name(), what, value().kind()))
                .because(Reason.INVALID_TYPE);
    }

    /** The place as a sentence names it. */
    public String name() {
        return path.isEmpty() ? "The body" : path;
    }

    static String member(String parent, String name) {
        return parent.isEmpty() ? name : parent + '.' + name;
    }

    private Map<String, JsonValue> members() {
        if (value() instanceof JsonObject(Map<String, JsonValue> members, var _)) {
            return members;
        }
        throw mustBe("an object");
    }
}
