package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.domain.tool.ToolArguments;
import java.io.IOException;

/** Looks at what a model wrote as the arguments of a call. */
final class Arguments {

    private Arguments() {}

    /** The text as arguments; nothing at all are the arguments of a call without any. */
    static ToolArguments of(String text) {
        if (text.isBlank()) {
            return new ToolArguments.Json("{}");
        }
        return isObject(text) ? new ToolArguments.Json(text) : new ToolArguments.Malformed(text);
    }

    /** Whether it is one JSON object, whole. */
    static boolean isObject(String text) {
        try (JsonParser json = JsonCodec.FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            json.skipChildren();
            return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
        } catch (IOException _) {
            return false;
        }
    }
}
