package dev.parley.rest.stores;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.JsonValue.JsonObject;
import dev.parley.rest.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters that several requests about vector stores share. */
final class StoreParams {

    private static final int MOST_LABELS = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_LABEL = 512;

    private StoreParams() {}

    static Chunking chunking(JsonField in) {
        JsonField type = in.at("type");
        return switch (type.string()) {
            case "auto" -> Chunking.AUTO;
            case "static" -> {
                JsonField how = in.at("static");
                yield Chunking.asked(
                        how.at("max_chunk_size_tokens").integer(0),
                        how.at("chunk_overlap_tokens").integer(0),
                        how.name());
            }
            default -> throw type.refuse("%s must be 'auto' or 'static'".formatted(type.name()));
        };
    }

    static VectorStore.Expiry expiry(JsonField in) {
        JsonField anchor = in.at("anchor");
        if (!anchor.string().equals("last_active_at")) {
            throw anchor.refuse("%s must be 'last_active_at'".formatted(anchor.name()));
        }
        JsonField days = in.at("days");
        int given = days.integer(1);
        if (given > VectorStore.Expiry.MOST_DAYS) {
            throw days.refuse("%s must be at most %d".formatted(days.name(), VectorStore.Expiry.MOST_DAYS));
        }
        return new VectorStore.Expiry(given);
    }

    static FileId file(JsonField in) {
        return StorePaths.file(in.string());
    }

    /** What a file can be chosen by: texts, numbers and flags. */
    static Attributes attributes(JsonField in) {
        JsonValue.Members members = members(in);
        Attributes attributes = Attributes.among(members);
        members.byName().forEach((name, value) -> {
            if (attributes.get(name).isEmpty()) {
                throw in.refuse("The attribute '%s' must be a string, a number, true or false".formatted(name));
            }
        });
        return attributes;
    }

    /** What a client describes a store with. */
    static Map<String, String> labels(JsonField in) {
        if (!(in.value() instanceof JsonObject(var members, var _))) {
            throw in.mustBe("an object");
        }
        if (members.size() > MOST_LABELS) {
            throw in.refuse("%s has at most %d entries".formatted(in.name(), MOST_LABELS));
        }
        Map<String, String> labels = new LinkedHashMap<>();
        members.forEach((key, value) -> {
            if (!(value instanceof JsonString(String text))
                    || key.length() > LONGEST_KEY
                    || text.length() > LONGEST_LABEL) {
                throw in.refuse(
                        "The entry '%s' of %s must be a string of at most %d characters under a key of at most %d"
                                .formatted(key, in.name(), LONGEST_LABEL, LONGEST_KEY));
            }
            labels.put(key, text);
        });
        return labels;
    }

    /** An object that a rule looks into. */
    static JsonValue.Members members(JsonField in) {
        if (json(in) instanceof JsonValue.Members members) {
            return members;
        }
        throw in.mustBe("an object");
    }

    /** A value that a rule looks into. */
    static JsonValue json(JsonField in) {
        return JsonValue.parse(in.opaque().text()).orElseThrow(() -> in.refuse(in.name() + " nests too deep"));
    }

    /**
     * A text, or several.
     *
     * @throws Refusal when there are too many
     */
    static List<String> texts(JsonField in, int most) {
        if (in.value() instanceof JsonString(String text)) {
            return List.of(text);
        }
        List<String> texts = in.list(JsonField::string);
        if (texts.size() > most) {
            throw in.refuse("%s must be at most %d texts".formatted(in.name(), most));
        }
        return texts;
    }

    /** @throws Refusal when the number is too large */
    static int upTo(JsonField in, int most) {
        int number = in.integer(1);
        if (number > most) {
            throw in.refuse("%s must be at most %d".formatted(in.name(), most));
        }
        return number;
    }
}
