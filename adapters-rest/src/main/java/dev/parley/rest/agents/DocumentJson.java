package dev.parley.rest.agents;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.Part;
import dev.parley.domain.turn.Document;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.JsonValue.JsonObject;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** Material that comes with a turn (agents-api 2.7): text only, and never an address to fetch. */
@WireRecord
@Schema(name = "Document")
record DocumentJson(
        @Schema(description = "A string, a text item or an array of text items")
        Object content,

        String mimeType) {

    static Document read(JsonField in) {
        JsonField mimeType = in.at("mime_type");
        Content content = text(in.at("content"));
        if (!isText(mimeType.string())) {
            throw mimeType.refuse(
                    "%s is '%s'; this version reads only text: send the text itself, as text/* or application/yaml"
                            .formatted(mimeType.name(), mimeType.string()));
        }
        return new Document(content, mimeType.string());
    }

    static DocumentJson of(Document document) {
        return new DocumentJson(ContentJson.of(document.content()), document.mimeType());
    }

    private static Content text(JsonField in) {
        if (isUrl(in)) {
            throw in.refuse("%s is a URL; fetching documents is not available in this version: send the text itself"
                    .formatted(in.name()));
        }
        Content content = ContentJson.read(in);
        if (content.parts().stream().anyMatch(Part.Image.class::isInstance)) {
            throw in.refuse("%s holds an image; this version reads only text in documents: put images into a message"
                    .formatted(in.name()));
        }
        return content;
    }

    private static boolean isUrl(JsonField in) {
        return in.value() instanceof JsonObject(var members, var _) && members.containsKey("uri");
    }

    private static boolean isText(String mimeType) {
        String lower = mimeType.toLowerCase(Locale.ROOT);
        return lower.startsWith("text/") || lower.equals("application/yaml") || lower.startsWith("application/yaml;");
    }
}
