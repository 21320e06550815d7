package dev.parley.rest.stores;

import static dev.parley.rest.stores.StorePaths.OPENAI;
import static dev.parley.rest.stores.StorePaths.STORE;
import static dev.parley.rest.stores.StorePaths.STORES;

import dev.parley.application.port.VectorStores.Description;
import dev.parley.application.port.VectorStores.Expiring;
import dev.parley.application.retrieval.CreateVectorStore;
import dev.parley.application.retrieval.EditVectorStore;
import dev.parley.application.retrieval.ReadVectorStores;
import dev.parley.application.retrieval.SearchStore;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.AttributeFilter;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.Ranking;
import dev.parley.domain.retrieval.SearchTermsReader;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.rest.responses.LabelsParam;
import dev.parley.rest.responses.Param;
import dev.parley.rest.sse.Attended;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Vector stores, and what is found in them. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Vector stores")
final class VectorStoresController {

    private static final int USUAL_RESULTS = 10;
    private static final int MOST_RESULTS = 50;
    private static final int MOST_FILES = 500;
    private static final int MOST_QUERIES = 16;

    private final CreateVectorStore createStore;
    private final ReadVectorStores readStores;
    private final EditVectorStore editStore;
    private final SearchStore searchStore;
    private final InstantSource clock;

    VectorStoresController(
            CreateVectorStore createStore,
            ReadVectorStores readStores,
            EditVectorStore editStore,
            SearchStore searchStore,
            InstantSource clock) {
        this.createStore = createStore;
        this.readStores = readStores;
        this.editStore = editStore;
        this.searchStore = searchStore;
        this.clock = clock;
    }

    /** Create a vector store, with the files that it begins with. */
    @Post(uris = {STORES, OPENAI + STORES})
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    VectorStoreJson createVectorStore(HttpRequest<byte[]> request) {
        Param in = Param.bodyOrNone(request);
        return json(createStore.create(
                Owner.SOLE,
                new CreateVectorStore.Wanted(
                        Optional.empty(),
                        in.at("name").optional(Param::string).orElse(""),
                        in.at("embedding_model").optional(Param::string),
                        in.at("chunking_strategy")
                                .optional(StoreParams::chunking)
                                .orElse(Chunking.AUTO),
                        in.at("metadata").optional(LabelsParam::read).orElse(Map.of()),
                        in.at("expires_after").optional(StoreParams::expiry),
                        in.at("file_ids")
                                .optional(files -> files.list(MOST_FILES, StoreParams::file))
                                .orElse(List.of()))));
    }

    /** List the vector stores, the newest first. */
    @Get(uris = {STORES, OPENAI + STORES})
    ObjectListJson listVectorStores(HttpRequest<?> request) {
        return ObjectListJson.of(
                readStores.list(Owner.SOLE, new ListQuery(request).listing()),
                this::json,
                store -> store.id().value());
    }

    /** Get a vector store. */
    @Get(uris = {STORE, OPENAI + STORE})
    VectorStoreJson getVectorStore(String storeId) {
        return json(readStores.get(Owner.SOLE, StorePaths.store(storeId)));
    }

    /** Change what a vector store is called, described with, and when it expires; what is absent stays. */
    @Post(uris = {STORE, OPENAI + STORE})
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    VectorStoreJson updateVectorStore(HttpRequest<byte[]> request, String storeId) {
        Param in = Param.bodyOrNone(request);
        VectorStoreId id = StorePaths.store(storeId);
        return json(editStore.describe(
                Owner.SOLE,
                id,
                new Description(
                        in.at("name").optional(Param::string),
                        in.at("metadata").optional(LabelsParam::read),
                        expiring(in.at("expires_after")))));
    }

    /** A null has it never expire. */
    private static Expiring expiring(Param given) {
        if (!given.isPresent()) {
            return new Expiring.AsBefore();
        }
        return given.optional(StoreParams::expiry)
                .<Expiring>map(Expiring.After::new)
                .orElseGet(Expiring.Never::new);
    }

    /** Delete a vector store with all that is in it; uploaded files stay. */
    @Delete(uris = {STORE, OPENAI + STORE})
    GoneJson deleteVectorStore(String storeId) {
        editStore.delete(Owner.SOLE, StorePaths.store(storeId));
        return GoneJson.of(storeId, "vector_store.deleted");
    }

    /** Search a vector store. The query is taken as it is: {@code rewrite_query} has no effect. */
    @Post(uris = {STORE + "/search", OPENAI + STORE + "/search"})
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    SearchPageJson search(HttpRequest<byte[]> request, String storeId) {
        Param in = Param.bodyOrNone(request);
        in.at("rewrite_query").optional(Param::bool);
        List<String> texts = StoreParams.texts(in.at("query"), MOST_QUERIES);
        SearchStore.Query query = new SearchStore.Query(
                texts,
                in.at("max_num_results")
                        .optional(most -> most.integer(1, MOST_RESULTS))
                        .orElse(USUAL_RESULTS),
                in.at("filters")
                        .optional(filter -> SearchTermsReader.filter(StoreParams.json(filter), filter.path()))
                        .orElse(AttributeFilter.All.NONE),
                in.at("ranking_options")
                        .optional(options -> SearchTermsReader.ranking(StoreParams.json(options), options.path()))
                        .orElse(Ranking.DEFAULT));
        return SearchPageJson.of(
                texts,
                Attended.run(
                        request,
                        cancellation ->
                                searchStore.search(Owner.SOLE, StorePaths.store(storeId), query, cancellation)));
    }

    private VectorStoreJson json(VectorStore store) {
        return VectorStoreJson.of(store, clock.instant());
    }
}
