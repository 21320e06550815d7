package dev.parley.rest.agents;

import dev.parley.application.port.Listing;
import dev.parley.application.port.Page;
import dev.parley.application.retrieval.CreateVectorStore;
import dev.parley.application.retrieval.EditVectorStore;
import dev.parley.application.retrieval.ReadVectorStores;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Vector databases, which are vector stores by another name (agents-api 9.1). */
@Controller("/v1/vector-dbs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Retrieval")
final class VectorDbsController {

    /** Whoever names one is understood; there is only this one. */
    private static final String PROVIDER = "postgres";

    private static final int AT_ONCE = 100;

    private final CreateVectorStore createStore;
    private final ReadVectorStores readStores;
    private final EditVectorStore editStore;

    VectorDbsController(CreateVectorStore createStore, ReadVectorStores readStores, EditVectorStore editStore) {
        this.createStore = createStore;
        this.readStores = readStores;
        this.editStore = editStore;
    }

    /** List the vector databases, oldest first. */
    @Get
    VectorDbListJson list() {
        List<VectorDbJson> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        boolean more = true;
        while (more) {
            Page<VectorStore> page = readStores.list(Owner.SOLE, new Listing(after, Optional.empty(), AT_ONCE, false));
            page.items().forEach(store -> all.add(VectorDbJson.of(store)));
            after = page.items().isEmpty()
                    ? after
                    : Optional.of(page.items().getLast().id().value());
            more = page.hasMore();
        }
        return new VectorDbListJson(all);
    }

    /** Get a vector database; its id may contain slashes. */
    @Get("/{+vectorDbId}")
    VectorDbJson get(String vectorDbId) {
        return VectorDbJson.of(readStores.get(Owner.SOLE, PathIds.vectorDb(vectorDbId)));
    }

    /** Register a vector database. */
    @Post
    @RequestBody(content = @Content(schema = @Schema(implementation = RegisterVectorDb.class)))
    VectorDbJson register(HttpRequest<byte[]> request) {
        JsonField in = JsonField.body(request);
        JsonField id = in.at("vector_db_id");
        if (id.string().isBlank()) {
            throw id.refuse("vector_db_id must not be blank");
        }
        in.at("embedding_dimension").optional(given -> given.integer(1)); // the model's own counts
        return VectorDbJson.of(createStore.create(
                Owner.SOLE,
                CreateVectorStore.Wanted.database(
                        PathIds.vectorDb(id.string()), in.at("embedding_model").string())));
    }

    /** Delete a vector database with all that is in it. */
    @Delete("/{+vectorDbId}")
    RawJson unregister(String vectorDbId) {
        editStore.delete(Owner.SOLE, PathIds.vectorDb(vectorDbId));
        return RawJson.NULL;
    }

    @WireRecord
    @Schema(name = "VectorDBList")
    record VectorDbListJson(List<VectorDbJson> data) implements WireBody {}

    @WireRecord
    @Schema(name = "VectorDB")
    record VectorDbJson(
            String identifier,
            String providerResourceId,
            String providerId,
            String type,
            String embeddingModel,
            int embeddingDimension)
            implements WireBody {

        static VectorDbJson of(VectorStore store) {
            VectorStoreId id = store.id();
            return new VectorDbJson(
                    id.value(),
                    id.value(),
                    PROVIDER,
                    "vector_db",
                    store.embedding().model(),
                    store.embedding().dimension());
        }
    }

    @Schema(name = "RegisterVectorDbRequest")
    record RegisterVectorDb(
            String vectorDbId,
            String embeddingModel,
            @Nullable Integer embeddingDimension,
            @Nullable String providerId,
            @Nullable String providerVectorDbId) {}
}
