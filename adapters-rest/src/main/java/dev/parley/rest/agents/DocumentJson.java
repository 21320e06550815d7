package dev.parley.rest.agents;

import dev.parley.application.turn.GivenDocument;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.Part;
import dev.parley.domain.turn.Document;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.JsonValue.JsonObject;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** Material that comes with a turn (agents-api 2.7): text, or the address of a document of any kind that has text in it. */
@WireRecord
@Schema(name = "Document")
record DocumentJson(
        @Schema(description = "A string, a text item, an array of text items, or a URL")
        Object content,

        String mimeType) {

    static GivenDocument read(JsonField in) {
        JsonField mimeType = in.at("mime_type");
        JsonField content = in.at("content");
        if (content.value() instanceof JsonObject(var members, var _) && members.containsKey("uri")) {
            return new GivenDocument.ByUrl(content.at("uri").string(), mimeType.string());
        }
        Content text = text(content);
        if (!isText(mimeType.string())) {
            throw mimeType.refuse(
                    "%s is '%s', but what is sent with a turn must be text: send text/* or application/yaml, or the document as a URL, which may be a data: URL"
                            .formatted(mimeType.name(), mimeType.string()));
        }
        return new GivenDocument.AtHand(new Document(text, mimeType.string()));
    }

    static DocumentJson of(GivenDocument given) {
        return switch (given) {
            case GivenDocument.AtHand(Document document) -> of(document);
            case GivenDocument.ByUrl(String url, String mimeType) -> new DocumentJson(new UrlJson(url), mimeType);
        };
    }

    private static DocumentJson of(Document document) {
        return new DocumentJson(ContentJson.of(document.content()), document.mimeType());
    }

    private static Content text(JsonField in) {
        Content content = ContentJson.read(in);
        if (content.parts().stream().anyMatch(Part.Image.class::isInstance)) {
            throw in.refuse("%s holds an image; only text is read in documents: put images into a message"
                    .formatted(in.name()));
        }
        return content;
    }

    private static boolean isText(String mimeType) {
        String lower = mimeType.toLowerCase(Locale.ROOT);
        return lower.startsWith("text/") || lower.equals("application/yaml") || lower.startsWith("application/yaml;");
    }

    /** An address to fetch. */
    @WireRecord
    @Schema(name = "URL")
    record UrlJson(String uri) {}
}
