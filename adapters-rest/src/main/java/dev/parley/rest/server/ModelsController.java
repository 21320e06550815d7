package dev.parley.rest.server;

import dev.parley.application.port.Embedder;
import dev.parley.application.port.Models;
import dev.parley.application.retrieval.Embedders;
import dev.parley.domain.Refusal;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The models that can be named in a request, in one shape that clients of the Agents API and of OpenAI both read
 * (agents-api 9.1).
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Models")
final class ModelsController {

    private static final String V1 = "/v1/models";
    private static final String OPENAI = "/v1/openai/v1/models";

    private final Models models;
    private final Embedders embedders;
    /** No provider says when a model was made; OpenAI's clients want a number, and it should not change at each request. */
    private final long created;

    ModelsController(Models models, Embedders embedders, InstantSource clock) {
        this.models = models;
        this.embedders = embedders;
        this.created = clock.instant().getEpochSecond();
    }

    /** List the configured aliases, what the providers list, and the embedding models of this server. */
    @Get(uris = {V1, OPENAI})
    ModelListJson list() {
        return new ModelListJson("list", all());
    }

    /** Get one model; its id may contain slashes. */
    @Get(uris = {V1 + "/{+modelId}", OPENAI + "/{+modelId}"})
    ModelJson get(String modelId) {
        return all().stream()
                .filter(model -> model.id().equals(modelId))
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                                Refusal.Code.NOT_FOUND,
                                "The requested model '%s' does not exist.".formatted(modelId),
                                "model")
                        .because(Refusal.Reason.MODEL_NOT_FOUND));
    }

    /** A model that a provider lists and that is configured as an embedding model is one. */
    private List<ModelJson> all() {
        List<ModelJson> all = new ArrayList<>();
        models.list().stream()
                .filter(model -> embedders.find(model.id()).isEmpty())
                .forEach(model -> all.add(json(model.id(), model.providerModel(), model.provider(), "llm", Map.of())));
        embedders.all().forEach(embedder -> all.add(json(embedder)));
        return List.copyOf(all);
    }

    /** Its dimension as far as it is known: nobody is asked for the sake of a list. */
    private ModelJson json(Embedder embedder) {
        Embedder.Description description = embedder.description();
        Map<String, Integer> metadata = description.dimension().isPresent()
                ? Map.of("embedding_dimension", description.dimension().getAsInt())
                : Map.of();
        return json(embedder.id(), description.providerModel(), description.provider(), "embedding", metadata);
    }

    private ModelJson json(
            String id, String providerModel, String provider, String type, Map<String, Integer> metadata) {
        return new ModelJson(id, providerModel, provider, "model", metadata, type, id, "model", created, provider);
    }

    @WireRecord
    @Schema(name = "ModelList")
    record ModelListJson(String object, List<ModelJson> data) implements WireBody {}

    @WireRecord
    @Schema(name = "Model")
    record ModelJson(
            String identifier,
            String providerResourceId,
            String providerId,
            String type,
            Map<String, Integer> metadata,
            String modelType,
            String id,
            String object,
            long created,
            String ownedBy)
            implements WireBody {}
}
