package dev.parley.rest.agents;

import dev.parley.application.retrieval.InsertChunks;
import dev.parley.application.retrieval.SearchStore;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.Ranking;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import dev.parley.rest.sse.Attended;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;

/** Chunks that clients cut themselves (agents-api 9.1). */
@Controller("/v1/vector-io")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Retrieval")
final class VectorIoController {

    private static final int USUAL_CHUNKS = 3;

    private final InsertChunks insertChunks;
    private final SearchStore searchStore;

    VectorIoController(InsertChunks insertChunks, SearchStore searchStore) {
        this.insertChunks = insertChunks;
        this.searchStore = searchStore;
    }

    /** Insert chunks; the same text comes into a document only once. */
    @Post("/insert")
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    RawJson insert(HttpRequest<byte[]> request) {
        JsonField in = JsonField.body(request);
        JsonField lifetime = in.at("ttl_seconds");
        if (lifetime.isGiven()) {
            throw lifetime.refuse("ttl_seconds is not supported: chunks stay until they are deleted; leave it out");
        }
        VectorStoreId store = store(in);
        List<InsertChunks.NewChunk> chunks = in.at("chunks").list(VectorIoController::chunk);
        return Attended.run(request, cancellation -> {
            insertChunks.insert(Owner.SOLE, store, chunks, cancellation);
            return RawJson.NULL;
        });
    }

    private static VectorStoreId store(JsonField in) {
        return PathIds.vectorDb(in.at("vector_db_id").string());
    }

    private static InsertChunks.NewChunk chunk(JsonField in) {
        return new InsertChunks.NewChunk(
                ContentJson.read(in.at("content")).text(),
                in.at("metadata").optional(RetrievalParams::members).orElse(JsonValue.Members.NONE));
    }

    /** Find chunks, by meaning unless mode says otherwise. */
    @Post("/query")
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    QueryChunksJson query(HttpRequest<byte[]> request) {
        JsonField in = JsonField.body(request);
        JsonField params = in.at("params");
        int most = params.optional(given -> given.at("max_chunks"))
                .flatMap(chunks -> chunks.optional(RetrievalParams::chunks))
                .orElse(USUAL_CHUNKS);
        double threshold = params.optional(given -> given.at("score_threshold"))
                .flatMap(score -> score.optional(RetrievalParams::share))
                .orElse(0.0);
        Ranking.Mode mode = params.optional(given -> given.at("mode"))
                .flatMap(word -> word.optional(RetrievalParams::mode))
                .orElse(new Ranking.Mode.Meaning());
        VectorStoreId store = store(in);
        SearchStore.Query query =
                SearchStore.Query.of(ContentJson.read(in.at("query")).text(), most, new Ranking(mode, threshold));
        return QueryChunksJson.of(
                Attended.run(request, cancellation -> searchStore.search(Owner.SOLE, store, query, cancellation)));
    }

    @WireRecord
    @Schema(name = "QueryChunksResponse")
    record QueryChunksJson(List<ChunkJson> chunks, List<Double> scores) implements WireBody {

        static QueryChunksJson of(List<Hit> hits) {
            return new QueryChunksJson(
                    hits.stream().map(ChunkJson::of).toList(),
                    hits.stream().map(Hit::score).toList());
        }
    }

    @WireRecord
    @Schema(name = "Chunk")
    record ChunkJson(
            String content,
            @Schema(implementation = Map.class) RawJson metadata) {

        static ChunkJson of(Hit hit) {
            return new ChunkJson(hit.chunk().text(), RawJson.of(hit.chunk().metadata()));
        }
    }
}
