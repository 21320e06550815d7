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
import java.util.Map;

/** The configured inference providers and how they are (agents-api 9.1). */
@Controller("/v1/providers")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Providers")
final class ProvidersController {

    private final Models models;

    ProvidersController(Models models) {
        this.models = models;
    }

    /** List the providers. */
    @Get
    DataJson list() {
        return new DataJson(
                models.providers().stream().map(ProvidersController::json).toList());
    }

    /** Get one provider. */
    @Get("/{providerId}")
    ProviderJson get(String providerId) {
        return models.providers().stream()
                .filter(provider -> provider.name().equals(providerId))
                .findFirst()
                .map(ProvidersController::json)
                .orElseThrow(() -> Refusal.notFound("Provider", providerId));
    }

    private static ProviderJson json(Models.Provider provider) {
        Health health = provider.healthy() ? new Health("OK", "Healthy") : new Health("Error", provider.problem());
        return new ProviderJson(
                "inference", provider.name(), provider.type(), Map.of("url", provider.endpoint()), health);
    }

    @WireRecord
    @Schema(name = "ProviderInfo")
    record ProviderJson(String api, String providerId, String providerType, Map<String, String> config, Health health)
            implements WireBody {}

    @WireRecord
    @Schema(name = "ProviderHealth")
    record Health(String status, String message) implements WireBody {}
}
