package dev.parley.rest.server;

import dev.parley.application.port.Models;
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
    /** No provider says when a model was made; OpenAI's clients want a number, and it should not change at each request. */
    private final long created;

    ModelsController(Models models, InstantSource clock) {
        this.models = models;
        this.created = clock.instant().getEpochSecond();
    }

    /** List the configured aliases and what the providers list. */
    @Get(uris = {V1, OPENAI})
    ModelListJson list() {
        return new ModelListJson("list", models.list().stream().map(this::json).toList());
    }

    /** Get one model; its id may contain slashes. */
    @Get(uris = {V1 + "/{+modelId}", OPENAI + "/{+modelId}"})
    ModelJson get(String modelId) {
        return models.list().stream()
                .filter(model -> model.id().equals(modelId))
                .findFirst()
                .map(this::json)
                .orElseThrow(() -> Refusal.of(
                                Refusal.Code.NOT_FOUND,
                                "The requested model '%s' does not exist.".formatted(modelId),
                                "model")
                        .because(Refusal.Reason.MODEL_NOT_FOUND));
    }

    private ModelJson json(Models.Model model) {
        return new ModelJson(
                model.id(),
                model.providerModel(),
                model.provider(),
                "model",
                Map.of(),
                "llm",
                model.id(),
                "model",
                created,
                model.provider());
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
            Map<String, String> metadata,
            String modelType,
            String id,
            String object,
            long created,
            String ownedBy)
            implements WireBody {}
}
