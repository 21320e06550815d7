package dev.parley.rest.stores;

import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.rest.responses.Param;
import dev.parley.rest.responses.Words;
import java.util.List;

/** Parameters that several requests about vector stores share. */
final class StoreParams {

    private StoreParams() {}

    static Chunking chunking(Param in) {
        if (in.at("type").word(Words.of("auto", "static")).equals("auto")) {
            return Chunking.AUTO;
        }
        Param how = in.at("static");
        Param tokens = how.at("max_chunk_size_tokens");
        Param overlap = how.at("chunk_overlap_tokens");
        return Chunking.asked(tokens.integer(0, Integer.MAX_VALUE), overlap.integer(0, Integer.MAX_VALUE), how.path());
    }

    static VectorStore.Expiry expiry(Param in) {
        in.at("anchor").word(Words.of("last_active_at"));
        return new VectorStore.Expiry(in.at("days").integer(1, VectorStore.Expiry.MOST_DAYS));
    }

    static FileId file(Param in) {
        return StorePaths.file(in.string());
    }

    /**
     * What a file can be chosen by: texts, numbers and flags.
     *
     * @throws Refusal when there is anything else, or more than the contract allows
     */
    static Attributes attributes(Param in) {
        JsonValue.Members members = members(in);
        Attributes attributes = Attributes.among(members);
        members.byName().keySet().stream()
                .filter(name -> attributes.get(name).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw in.refuse(
                            Reason.INVALID_TYPE,
                            "Invalid type for '%s.%s': expected a string, a number or a boolean."
                                    .formatted(in.path(), name));
                });
        return attributes.requireAllowed(in.path());
    }

    private static JsonValue.Members members(Param in) {
        if (in.isGiven() && json(in) instanceof JsonValue.Members members) {
            return members;
        }
        throw in.isGiven() ? in.wrongType("an object") : in.missing();
    }

    /** A value that a rule looks into. */
    static JsonValue json(Param in) {
        return JsonValue.parse(in.json().text())
                .orElseThrow(
                        () -> in.refuse(Reason.INVALID_VALUE, "Invalid '%s': it nests too deep.".formatted(in.path())));
    }

    /**
     * A text, or several.
     *
     * @throws Refusal when there are too many
     */
    static List<String> texts(Param in, int most) {
        return in.isString() ? List.of(in.string()) : in.list(most, Param::string);
    }
}
