package dev.parley.application.retrieval;

import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.VectorStoreId;
import java.util.List;

/** The vector databases that the args of a tool group name. */
final class VectorDatabases {

    private VectorDatabases() {}

    /** Those of {@code vector_db_ids}; none when there are none. */
    static List<VectorStoreId> of(JsonValue.Members args) {
        if (!(args.given("vector_db_ids").orElse(null) instanceof JsonValue.Array(List<JsonValue> elements))) {
            return List.of();
        }
        return elements.stream()
                .filter(JsonValue.Text.class::isInstance)
                .map(id -> new VectorStoreId(((JsonValue.Text) id).value()))
                .distinct()
                .toList();
    }
}
