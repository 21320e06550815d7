package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.domain.message.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a text with their probabilities, as the items of a JSON array. Engines add fields of their own, which are
 * left out, and leave out some, which are added.
 */
final class Scores {

    private Scores() {}

    /** The items of the current value, without the array's brackets; null when it has none. */
    @Nullable
    static String read(Tokens json) throws IOException {
        if (!json.enter(JsonToken.START_ARRAY)) {
            return null;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonCodec.FACTORY.createGenerator(text)) {
            copyItems(json, out, true);
        }
        String items = withoutBrackets(text.toString());
        return items.isEmpty() ? null : items;
    }

    static void append(StringBuilder items, String more) {
        if (!items.isEmpty()) {
            items.append(',');
        }
        items.append(more);
    }

    static JsonText arrayOf(StringBuilder items) {
        return new JsonText("[" + items + "]");
    }

    static String itemsOf(JsonText array) {
        return withoutBrackets(array.text());
    }

    private static String withoutBrackets(String array) {
        return array.substring(1, array.length() - 1);
    }

    private static void copyItems(Tokens json, JsonGenerator out, boolean withOthers) throws IOException {
        out.writeStartArray();
        while (json.next() != JsonToken.END_ARRAY) {
            if (json.enter(JsonToken.START_OBJECT)) {
                copyItem(json, out, withOthers);
            }
        }
        out.writeEndArray();
    }

    /** @param withOthers whether it also says which tokens were likely in its place */
    private static void copyItem(Tokens json, JsonGenerator out, boolean withOthers) throws IOException {
        boolean bytes = false;
        boolean others = !withOthers;
        out.writeStartObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "token", "logprob" -> {
                    out.writeFieldName(json.field());
                    json.copyTo(out);
                }
                case "bytes" -> {
                    if (json.enter(JsonToken.START_ARRAY)) {
                        bytes = true;
                        out.writeFieldName("bytes");
                        json.copyTo(out);
                    }
                }
                case "top_logprobs" -> {
                    if (withOthers && json.enter(JsonToken.START_ARRAY)) {
                        others = true;
                        out.writeFieldName("top_logprobs");
                        copyItems(json, out, false);
                    } else {
                        json.skip();
                    }
                }
                default -> json.skip();
            }
        }
        if (!bytes) {
            out.writeArrayFieldStart("bytes");
            out.writeEndArray();
        }
        if (!others) {
            out.writeArrayFieldStart("top_logprobs");
            out.writeEndArray();
        }
        out.writeEndObject();
    }
}
