package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.JsonValue;
import dev.parley.rest.json.JsonValue.JsonArray;
import dev.parley.rest.json.JsonValue.JsonBoolean;
import dev.parley.rest.json.JsonValue.JsonNumber;
import dev.parley.rest.json.JsonValue.JsonObject;
import dev.parley.rest.json.JsonValue.JsonString;
import dev.parley.rest.json.RawJson;
import io.micronaut.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A place in a request of the Responses API, or of files and vector stores. It refuses what stands there in OpenAI's own
 * sentences and for its reasons, because clients look for both (responses-api 8). A null is the same as nothing everywhere.
 */
public final class Param {

    private static final String NO_JSON = "We could not parse the JSON body of your request. ";
    private static final byte[] NO_BYTES = {};
    private static final byte[] NOTHING = "{}".getBytes(UTF_8);
    private static final Pattern SCALAR = Pattern.compile("true|false|-?(?:0|[1-9][0-9]{0,18})(?:\\.[0-9]{1,18})?");

    private final JsonField field;
    private final String path;

    private Param(JsonField field, String path) {
        this.field = field;
        this.path = path;
    }

    /** The whole body of a request. */
    public static Param body(HttpRequest<byte[]> request) {
        return body(request.getBody().orElse(NO_BYTES));
    }

    /** The same where a request may come without one. */
    public static Param bodyOrNone(HttpRequest<byte[]> request) {
        return request.getBody().filter(bytes -> bytes.length > 0).isPresent() ? body(request) : body(NOTHING);
    }

    static Param body(byte[] bytes) {
        try {
            return of(JsonField.body(bytes));
        } catch (Refusal unreadable) {
            throw unreadable.field().isPresent()
                    ? unreadable
                    : Refusal.of(unreadable.code(), NO_JSON + unreadable.explanation() + '.');
        }
    }

    private static Param of(JsonField body) {
        return new Param(body, "");
    }

    /** A parameter of an address, which says as little of its type as all of them. */
    public static Param query(String name, String text) {
        return SCALAR.matcher(text).matches()
                ? new Param(JsonField.body(text.getBytes(UTF_8)), name)
                : text(name, text);
    }

    /** A parameter of an address that is a text, whatever it looks like. */
    public static Param text(String name, String text) {
        return new Param(JsonField.body(JsonText.ofString(text).text().getBytes(UTF_8)), name);
    }

    /** The member of this object; never null, but perhaps nothing stands there. */
    public Param at(String name) {
        requireObject();
        return new Param(field.at(name), path.isEmpty() ? name : path + '.' + name);
    }

    /** Whether anything but null stands here. */
    public boolean isGiven() {
        return field.isGiven();
    }

    /** Whether there is such a member at all, if only a null. */
    public boolean isPresent() {
        return field.isPresent();
    }

    /** What is read here, or nothing when nothing stands here. */
    public <T> Optional<T> optional(Function<Param, T> read) {
        return isGiven() ? Optional.of(read.apply(this)) : Optional.empty();
    }

    public String string() {
        if (value() instanceof JsonString(String text)) {
            return text;
        }
        throw wrongType("a string");
    }

    public String string(int longest) {
        String text = string();
        if (text.length() > longest) {
            throw refuse(
                    Reason.TEXT_TOO_LONG,
                    "Invalid '%s': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
                            .formatted(path, longest, text.length()));
        }
        return text;
    }

    public boolean bool() {
        if (value() instanceof JsonBoolean(boolean is)) {
            return is;
        }
        throw wrongType("a boolean");
    }

    /** A whole number; {@code 5.0} is one too. */
    public int integer(int least, int most) {
        if (value() instanceof JsonNumber(String text)) {
            double number = Double.parseDouble(text);
            if (number == Math.rint(number)) {
                return (int) within(number, least, most, "integer");
            }
        }
        throw wrongType("an integer");
    }

    public double number(int least, int most) {
        if (value() instanceof JsonNumber(String text)) {
            return within(Double.parseDouble(text), least, most, "decimal");
        }
        throw wrongType("a decimal");
    }

    private double within(double number, int least, int most, String kind) {
        boolean below = number < least;
        if (below || number > most) {
            throw refuse(
                    below ? Reason.BELOW_MINIMUM : Reason.ABOVE_MAXIMUM,
                    "Invalid '%s': %s %s value. Expected a value %s %d, but got %s instead."
                            .formatted(
                                    path,
                                    kind,
                                    below ? "below minimum" : "above maximum",
                                    below ? ">=" : "<=",
                                    below ? least : most,
                                    json().text()));
        }
        return number;
    }

    /** One of a few words. */
    public String word(SequencedSet<String> words) {
        if (!words.contains(string())) {
            throw invalidValue(words);
        }
        return string();
    }

    /** What one of a few words stands for. */
    public <T> T meaning(SequencedMap<String, T> words) {
        T meant = words.get(string());
        if (meant == null) {
            throw invalidValue(words.sequencedKeySet());
        }
        return meant;
    }

    public <T> List<T> list(Function<Param, T> read) {
        return list(Integer.MAX_VALUE, read);
    }

    public <T> List<T> list(int longest, Function<Param, T> read) {
        if (!(value() instanceof JsonArray(List<JsonValue> items, var _))) {
            throw wrongType("an array");
        }
        if (items.size() > longest) {
            throw refuse(
                    Reason.LIST_TOO_LONG,
                    "Invalid '%s': array too long. Expected an array with maximum length %d, but got an array with length %d instead."
                            .formatted(path, longest, items.size()));
        }
        List<JsonField> fields = field.list(item -> item);
        List<T> list = new ArrayList<>(fields.size());
        for (int index = 0; index < fields.size(); index++) {
            list.add(read.apply(new Param(fields.get(index), path + '[' + index + ']')));
        }
        return List.copyOf(list);
    }

    /** The members of this object, those that are null included, in their order. */
    public SequencedMap<String, Param> members() {
        SequencedMap<String, Param> members = new LinkedHashMap<>();
        requireObject().members().keySet().forEach(name -> members.put(name, at(name)));
        return members;
    }

    /** An object that is carried without being looked into. */
    JsonText object() {
        return new JsonText(requireObject().span().text());
    }

    /** A list that is carried without being looked into. */
    JsonText array() {
        if (value() instanceof JsonArray(var _, JsonValue.Span span)) {
            return new JsonText(span.text());
        }
        throw wrongType("an array");
    }

    /** What stands here, whatever it is. */
    public JsonText json() {
        value();
        return field.opaque();
    }

    /** What stands here, to be given back as it is; a null when that is nothing. */
    RawJson echo() {
        return echo(RawJson.NULL);
    }

    RawJson echo(RawJson otherwise) {
        return isGiven() ? RawJson.of(field.opaque()) : otherwise;
    }

    public boolean isString() {
        return isGiven() && field.value() instanceof JsonString;
    }

    public boolean isArray() {
        return isGiven() && field.value() instanceof JsonArray;
    }

    public boolean isObject() {
        return isGiven() && field.value() instanceof JsonObject;
    }

    public String path() {
        return path;
    }

    public Refusal refuse(Reason reason, String sentence) {
        return (path.isEmpty()
                        ? Refusal.of(Refusal.Code.INVALID, sentence)
                        : Refusal.of(Refusal.Code.INVALID, sentence, path))
                .because(reason);
    }

    /** The refusal of a request in which nothing stands here. */
    public Refusal missing() {
        if (path.isEmpty()) {
            return refuse(Reason.INVALID_TYPE, "Invalid type: expected an object, but got null instead.");
        }
        return refuse(Reason.MISSING_PARAMETER, "Missing required parameter: '%s'.".formatted(path));
    }

    public Refusal wrongType(String expected) {
        return refuse(
                Reason.INVALID_TYPE,
                "Invalid type%s: expected %s, but got %s instead."
                        .formatted(path.isEmpty() ? "" : " for '" + path + "'", expected, kind(value())));
    }

    Refusal invalidValue(SequencedSet<String> supported) {
        return refuse(
                Reason.INVALID_VALUE,
                "Invalid value: '%s'. Supported values are: %s.".formatted(string(), Words.listed(supported)));
    }

    private JsonValue value() {
        if (!isGiven()) {
            throw missing();
        }
        return field.value();
    }

    private JsonObject requireObject() {
        if (value() instanceof JsonObject object) {
            return object;
        }
        throw wrongType("an object");
    }

    private static String kind(JsonValue value) {
        return value instanceof JsonNumber(String text)
                ? text.chars().allMatch(at -> at == '-' || Character.isDigit(at)) ? "an integer" : "a decimal number"
                : value.kind();
    }
}
