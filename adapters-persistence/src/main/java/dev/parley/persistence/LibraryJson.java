package dev.parley.persistence;

import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Attributes;

/** The JSON of attributes as the database keeps and compares it. */
final class LibraryJson {

    private LibraryJson() {}

    static String of(Attributes attributes) {
        return storable(attributes.json());
    }

    static Attributes attributes(String json) {
        return Attributes.among(JsonValue.members(json).orElse(JsonValue.Members.NONE));
    }

    /** Every text in it replaced by one that can be stored. */
    static String storable(JsonValue value) {
        return storableValue(value).toString();
    }

    private static JsonValue storableValue(JsonValue value) {
        return switch (value) {
            case JsonValue.Text(String text) -> new JsonValue.Text(StorableTexts.of(text));
            case JsonValue.Array(var elements) ->
                new JsonValue.Array(
                        elements.stream().map(LibraryJson::storableValue).toList());
            case JsonValue.Members(var byName) -> {
                JsonValue.Members members = JsonValue.Members.NONE;
                for (var member : byName.entrySet()) {
                    members = members.with(StorableTexts.of(member.getKey()), storableValue(member.getValue()));
                }
                yield members;
            }
            case JsonValue.Nothing _, JsonValue.Flag _, JsonValue.Number _ -> value;
        };
    }
}
