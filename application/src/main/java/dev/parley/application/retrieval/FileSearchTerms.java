package dev.parley.application.retrieval;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.AttributeFilter;
import dev.parley.domain.retrieval.Ranking;
import dev.parley.domain.retrieval.SearchTermsReader;
import dev.parley.domain.retrieval.VectorStoreId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What the declaration of {@code file_search} asks for (responses-api 4.1). */
record FileSearchTerms(List<VectorStoreId> stores, int limit, AttributeFilter filter, Ranking ranking) {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 50;

    FileSearchTerms {
        stores = List.copyOf(stores);
        requireNonNull(filter, "filter");
        requireNonNull(ranking, "ranking");
    }

    /**
     * Reads a declaration.
     *
     * @param field where in the request it stands
     * @throws Refusal when it is not as the contract has it
     */
    static FileSearchTerms of(JsonText declaration, String field) {
        JsonValue.Members members =
                JsonValue.members(declaration.text()).orElseThrow(() -> Refusal.invalid(field, "must be an object"));
        return new FileSearchTerms(
                stores(members, field + ".vector_store_ids"),
                limit(members, field + ".max_num_results"),
                members.given("filters")
                        .map(json -> SearchTermsReader.filter(json, field + ".filters"))
                        .orElse(AttributeFilter.All.NONE),
                members.given("ranking_options")
                        .map(json -> SearchTermsReader.ranking(json, field + ".ranking_options"))
                        .orElse(Ranking.DEFAULT));
    }

    SearchStore.Query query(List<String> texts) {
        return new SearchStore.Query(texts, limit, filter, ranking);
    }

    private static List<VectorStoreId> stores(JsonValue.Members members, String field) {
        List<VectorStoreId> stores = new ArrayList<>();
        if (members.given("vector_store_ids").orElse(null) instanceof JsonValue.Array(List<JsonValue> elements)) {
            for (JsonValue element : elements) {
                if (!(element instanceof JsonValue.Text(String id))) {
                    throw Refusal.invalid(field, "vector_store_ids must be a list of ids");
                }
                stores.add(new VectorStoreId(id));
            }
        }
        if (stores.isEmpty()) {
            throw Refusal.invalid(field, "file_search needs the ids of one or more vector stores to search")
                    .because(Refusal.Reason.MISSING_PARAMETER);
        }
        return stores.stream().distinct().toList();
    }

    private static int limit(JsonValue.Members members, String field) {
        return members.given("max_num_results")
                .map(json -> {
                    if (!(json instanceof JsonValue.Number(BigDecimal number))
                            || number.compareTo(BigDecimal.ONE) < 0
                            || number.compareTo(BigDecimal.valueOf(MOST)) > 0) {
                        throw Refusal.invalid(field, "max_num_results must be 1 to %d".formatted(MOST));
                    }
                    return number.intValue();
                })
                .orElse(DEFAULT_LIMIT);
    }
}
