package dev.parley.rest.responses;

import dev.parley.application.response.CompactContext;
import dev.parley.application.response.CountTokens;
import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.FollowResponse;
import dev.parley.application.response.Seal;
import dev.parley.application.testing.ScriptedApplication;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/** Gives the controllers of contexts use-cases over stand-ins. A message is counted as one token, and so is a tool. */
@Factory
@Requires(property = ScriptedResponses.WANTED)
final class ScriptedResponses {

    /** Whether there is a key to seal texts with. */
    static final String WANTED = "test.scripted-responses.sealing";

    @Singleton
    ScriptedApplication application() {
        return new ScriptedApplication();
    }

    @Singleton
    Seal seal(@Value("${" + WANTED + "}") boolean sealing) {
        return sealing ? Seal.of("test", new byte[Seal.KEY_LENGTH]) : Seal.missing("There is no key; set one.");
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
    CompactContext compactContext(ScriptedApplication application) {
        return application.compactContext();
    }

    @Singleton
    CountTokens countTokens(ScriptedApplication application) {
        return application.countTokens(
                request -> request.messages().size() + request.tools().size());
    }
}
