package dev.parley.rest.responses;

import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.FollowResponse;
import dev.parley.application.response.Seal;
import dev.parley.application.testing.ScriptedApplication;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Gives sockets use-cases over stand-ins. */
@Factory
@Requires(property = "test.scripted-responses", value = "true")
final class ScriptedResponses {

    @Singleton
    ScriptedApplication application() {
        return new ScriptedApplication();
    }

    @Singleton
    CreateResponse createResponse(ScriptedApplication application) {
        return application.createResponse();
    }

    @Singleton
    FollowResponse followResponse(ScriptedApplication application) {
        return application.followResponse();
    }

    @Singleton
    Seal seal() {
        return Seal.missing("there is no key");
    }
}
