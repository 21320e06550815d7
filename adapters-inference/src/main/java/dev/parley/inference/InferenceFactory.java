package dev.parley.inference;

import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.Inference;
import dev.parley.application.port.Models;
import dev.parley.application.port.Tokenizer;
import dev.parley.inference.config.EmbeddingSettingsReader;
import dev.parley.inference.config.InferenceSettings;
import dev.parley.inference.config.InferenceSettingsReader;
import dev.parley.inference.embedding.ProviderEmbedders;
import dev.parley.inference.provider.ProviderSettings;
import dev.parley.inference.schema.JsonSchemas;
import dev.parley.inference.schema.VerifiedInference;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what the configuration describes, at the start, so that its mistakes are known then. */
@Factory
final class InferenceFactory {

    private static final Logger LOG = LoggerFactory.getLogger(InferenceFactory.class);

    @Singleton
    InferenceSettings settings(Environment environment) {
        return InferenceSettingsReader.read(environment);
    }

    @Context
    @Bean(preDestroy = "close")
    Providers providers(InferenceSettings settings) {
        if (settings.providers().stream().allMatch(ProviderSettings.Scripted.class::isInstance)) {
            LOG.warn("no model is configured: a built-in script answers; set OPENAI_BASE_URL and/or OPENAI_API_KEY, or"
                    + " parley.inference.providers");
        } else {
            LOG.info(
                    "models come from {}; those without an alias from '{}'",
                    settings.providers().stream().map(ProviderSettings::name).toList(),
                    settings.defaultProvider());
        }
        return Providers.open(settings);
    }

    /** Asks nobody for anything yet. */
    @Context
    ProviderEmbedders embedders(Environment environment, InferenceSettings settings, Providers providers) {
        return new ProviderEmbedders(
                EmbeddingSettingsReader.read(environment, settings),
                name -> providers.list(name).provider());
    }

    @Singleton
    JsonSchemas schemas() {
        return new JsonSchemas();
    }

    @Singleton
    Inference inference(Providers providers, JsonSchemas schemas) {
        RoutedInference routed = new RoutedInference(providers);
        return new VerifiedInference(routed, schemas, routed::enforcesSchema);
    }

    @Singleton
    Tokenizer tokenizer(Providers providers) {
        return new RoutedTokenizer(providers);
    }

    @Singleton
    ChatProxy chatProxy(Providers providers) {
        return new RoutedChatProxy(providers);
    }

    @Singleton
    Models models(Providers providers) {
        return new ListedModels(providers);
    }
}
