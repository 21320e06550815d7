package dev.parley.rest.stores;

import dev.parley.domain.retrieval.Hit;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found in a vector store; always all of it. */
@WireRecord
@Schema(name = "VectorStoreSearchResults")
record SearchPageJson(
        String object,
        List<String> searchQuery,
        List<HitJson> data,
        boolean hasMore,
        @Nullable String nextPage) implements WireBody {

    static SearchPageJson of(List<String> texts, List<Hit> hits) {
        return new SearchPageJson(
                "vector_store.search_results.page",
                texts,
                hits.stream().map(HitJson::of).toList(),
                false,
                null);
    }

    /** A piece of a file that fits. */
    @WireRecord
    @Schema(name = "VectorStoreSearchResult")
    record HitJson(String fileId, String filename, double score, RawJson attributes, List<TextJson> content) {

        static HitJson of(Hit hit) {
            return new HitJson(
                    hit.document().value(),
                    hit.filename(),
                    hit.score(),
                    new RawJson(hit.attributes().json().toString()),
                    List.of(TextJson.of(hit.chunk().text())));
        }
    }

    /** Text. */
    @WireRecord
    @Schema(name = "VectorStoreText")
    record TextJson(String type, String text) {

        static TextJson of(String text) {
            return new TextJson("text", text);
        }
    }
}
