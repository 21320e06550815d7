package dev.parley.rest.agents;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.Part;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.JsonValue.JsonArray;
import dev.parley.rest.json.JsonValue.JsonBoolean;
import dev.parley.rest.json.JsonValue.JsonNull;
import dev.parley.rest.json.JsonValue.JsonNumber;
import dev.parley.rest.json.JsonValue.JsonObject;
import dev.parley.rest.json.JsonValue.JsonString;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Interleaved content: a string, one item, or a list of items; it goes out in the shape it came in (agents-api 2.1). */
final class ContentJson {

    private ContentJson() {}

    static Content read(JsonField in) {
        return switch (in.value()) {
            case JsonString(String text) -> new Content.Plain(text);
            case JsonObject _ -> new Content.Single(item(in));
            case JsonArray _ -> new Content.Parts(in.list(ContentJson::item));
            case JsonNumber _, JsonBoolean _, JsonNull _ ->
                throw in.mustBe("a string, a content item or an array of content items");
        };
    }

    /** A string, an {@link Item} or a list of them. */
    static Object of(Content content) {
        return switch (content) {
            case Content.Plain(String text) -> text;
            case Content.Single(Part part) -> Item.of(part);
            case Content.Parts(var parts) -> parts.stream().map(Item::of).toList();
        };
    }

    private static Part item(JsonField in) {
        String type = in.at("type").string();
        return switch (type) {
            case "text" -> new Part.Text(in.at("text").string());
            case "image" -> new Part.Image(source(in.at("image")));
            default ->
                throw in.at("type")
                        .refuse("%s is '%s', but must be 'text' or 'image'"
                                .formatted(in.at("type").name(), type));
        };
    }

    private static ImageSource source(JsonField in) {
        boolean byUrl = in.at("url").isGiven();
        if (byUrl == in.at("data").isGiven()) {
            throw in.refuse("%s must have either 'url' or 'data'".formatted(in.name()));
        }
        return byUrl
                ? new ImageSource.Uri(in.at("url").at("uri").string())
                : new ImageSource.Data(in.at("data").string());
    }

    @Schema(
            name = "InterleavedContentItem",
            oneOf = {TextItem.class, ImageItem.class})
    sealed interface Item {

        static Item of(Part part) {
            return switch (part) {
                case Part.Text(String text) -> new TextItem("text", text);
                case Part.Image(ImageSource source) -> new ImageItem("image", ImageJson.of(source));
            };
        }
    }

    @WireRecord
    @Schema(name = "TextContentItem")
    record TextItem(String type, String text) implements Item {}

    @WireRecord
    @Schema(name = "ImageContentItem")
    record ImageItem(String type, ImageJson image) implements Item {}

    @WireRecord
    @Schema(name = "Image")
    record ImageJson(@Nullable UrlJson url, @Nullable String data) {

        static ImageJson of(ImageSource source) {
            return switch (source) {
                case ImageSource.Uri(String uri) -> new ImageJson(new UrlJson(uri), null);
                case ImageSource.Data(String base64) -> new ImageJson(null, base64);
            };
        }
    }

    @WireRecord
    @Schema(name = "URL")
    record UrlJson(String uri) {}
}
