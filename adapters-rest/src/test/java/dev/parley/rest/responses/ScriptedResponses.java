package dev.parley.rest.responses;

import dev.parley.application.conversation.CreateConversation;
import dev.parley.application.conversation.DeleteConversation;
import dev.parley.application.conversation.EditConversation;
import dev.parley.application.conversation.ReadConversations;
import dev.parley.application.response.CancelResponse;
import dev.parley.application.response.CompactContext;
import dev.parley.application.response.CountTokens;
import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.FollowResponse;
import dev.parley.application.response.ReadResponses;
import dev.parley.application.response.Seal;
import dev.parley.application.testing.ScriptedApplication;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/** Gives the controllers of responses and conversations use-cases over stand-ins. */
@Factory
@Requires(property = ScriptedResponses.WANTED)
final class ScriptedResponses {

    /** Whether there is a key to seal texts with; nothing of this is there while nobody says. */
    static final String WANTED = "test.scripted-responses.sealing";

    @Singleton
    ScriptedApplication application() {
        return new ScriptedApplication();
    }

    @Singleton
    Seal seal(@Value("${" + WANTED + "}") boolean sealing) {
        return sealing ? Asked.SEAL : Seal.missing("There is no key; set one.");
    }

    @Singleton
    CreateResponse createResponse(ScriptedApplication application) {
        return application.createResponse();
    }

    @Singleton
    ReadResponses readResponses(ScriptedApplication application) {
        return application.readResponses();
    }

    @Singleton
    CancelResponse cancelResponse(ScriptedApplication application) {
        return application.cancelResponse();
    }

    @Singleton
    FollowResponse followResponse(ScriptedApplication application) {
        return application.followResponse();
    }

    @Singleton
    CreateConversation createConversation(ScriptedApplication application) {
        return application.createConversation();
    }

    @Singleton
    ReadConversations readConversations(ScriptedApplication application) {
        return application.readConversations();
    }

    @Singleton
    EditConversation editConversation(ScriptedApplication application) {
        return application.editConversation();
    }

    @Singleton
    DeleteConversation deleteConversation(ScriptedApplication application) {
        return application.deleteConversation();
    }

    @Singleton
    CompactContext compactContext(ScriptedApplication application) {
        return application.compactContext();
    }

    /** A message is counted as one token, and so is a tool. */
    @Singleton
    CountTokens countTokens(ScriptedApplication application) {
        return application.countTokens(
                request -> request.messages().size() + request.tools().size());
    }
}
