package dev.parley.rest.server;

import dev.parley.application.port.Models;
import dev.parley.application.turn.RunningTurns;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What the routes about the server ask. */
@Factory
@Requires(property = "test.server-around", value = "true")
class ServerAround {

    @Singleton
    RunningTurns runningTurns() {
        return new RunningTurns();
    }

    /** Primary, because Micronaut's own modules bring one too. */
    @Primary
    @Singleton
    InstantSource clock() {
        return InstantSource.fixed(Instant.ofEpochSecond(1_745_874_360));
    }

    @Singleton
    Models models() {
        return new Models() {
            @Override
            public List<Model> list() {
                return List.of(
                        new Model("default", "local", "meta-llama/Llama-3.3-70B-Instruct"),
                        new Model("meta-llama/Llama-3.3-70B-Instruct", "local", "meta-llama/Llama-3.3-70B-Instruct"),
                        new Model("a model::with #odd? name/ü", "local", "odd"));
            }

            @Override
            public List<Provider> providers() {
                return List.of(
                        new Provider("cloud", "openai-compatible", "https://api.example/v1", "it does not answer"),
                        new Provider("local", "openai-compatible", "http://vllm:8000/v1", ""));
            }
        };
    }
}
