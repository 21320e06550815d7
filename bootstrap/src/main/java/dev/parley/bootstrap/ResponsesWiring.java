package dev.parley.bootstrap;

import dev.parley.application.conversation.CreateConversation;
import dev.parley.application.conversation.DeleteConversation;
import dev.parley.application.conversation.EditConversation;
import dev.parley.application.conversation.ReadConversations;
import dev.parley.application.port.BackgroundRuns;
import dev.parley.application.port.Conversations;
import dev.parley.application.port.EventLog;
import dev.parley.application.port.Ids;
import dev.parley.application.port.Items;
import dev.parley.application.port.Schemas;
import dev.parley.application.port.Shields;
import dev.parley.application.port.Tokenizer;
import dev.parley.application.port.Tools;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;
import dev.parley.application.response.CancelResponse;
import dev.parley.application.response.CompactContext;
import dev.parley.application.response.Context;
import dev.parley.application.response.CountTokens;
import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.FollowResponse;
import dev.parley.application.response.InputItems;
import dev.parley.application.response.ReadResponses;
import dev.parley.application.response.References;
import dev.parley.application.response.ResponseSpecs;
import dev.parley.application.response.RunInBackground;
import dev.parley.application.response.Seal;
import dev.parley.application.turn.RunningTurns;
import dev.parley.application.turn.TurnRunner;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts the use-cases of the Responses API together. */
@Factory
final class ResponsesWiring {

    /** Not for operators: what the embedded database keeps. */
    static final String KEPT_SEAL_KEY = "kept.seal-key";

    private static final String SEAL_KEY = "parley.responses.seal-key";
    private static final String NO_KEY =
            "This server has no key to seal texts with, so it gives out no encrypted content; its operator can set "
                    + SEAL_KEY + ".";
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(3);

    /**
     * What seals texts that clients carry: under the configured key, which all replicas share, or under the one that is kept
     * beside the embedded database.
     */
    @Singleton
    Seal seal(
            @Property(name = SEAL_KEY) @Nullable String configured,
            @Property(name = KEPT_SEAL_KEY) @Nullable String kept) {
        String key = configured == null || configured.isBlank() ? kept : configured;
        return key == null ? Seal.missing(NO_KEY) : seal(key);
    }

    private static Seal seal(String key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key.strip());
        } catch (IllegalArgumentException notBase64) {
            throw unusable(notBase64);
        }
        if (bytes.length != Seal.KEY_LENGTH) {
            throw unusable(null);
        }
        return Seal.of(UUID.nameUUIDFromBytes(bytes).toString().substring(0, 8), bytes);
    }

    private static ConfigurationException unusable(@Nullable Throwable cause) {
        return new ConfigurationException(
                "%s must be %d random bytes in Base64, such as `openssl rand -base64 32` gives"
                        .formatted(SEAL_KEY, Seal.KEY_LENGTH),
                cause);
    }

    @Singleton
    References references(Items items) {
        return new References(items);
    }

    @Singleton
    CreateConversation createConversation(
            Conversations conversations, References references, Ids ids, InstantSource clock) {
        return new CreateConversation(conversations, references, ids, clock);
    }

    @Singleton
    ReadConversations readConversations(Conversations conversations) {
        return new ReadConversations(conversations);
    }

    @Singleton
    EditConversation editConversation(Conversations conversations, References references) {
        return new EditConversation(conversations, references);
    }

    @Singleton
    DeleteConversation deleteConversation(Conversations conversations) {
        return new DeleteConversation(conversations);
    }

    @Singleton
    Context responseContext(Turns turns, Conversations conversations, TurnsConfiguration configuration) {
        return new Context(turns, conversations, configuration.settings());
    }

    @Singleton
    ResponseSpecs responseSpecs(Tools tools, Shields shields, Schemas schemas) {
        return new ResponseSpecs(tools, shields, schemas);
    }

    @Singleton
    CreateResponse createResponse(
            Context context,
            References references,
            ResponseSpecs specs,
            TurnJournal journal,
            TurnRunner runner,
            BackgroundRuns runs,
            Ids ids,
            InstantSource clock) {
        return new CreateResponse(context, references, specs, journal, runner, runs, ids, clock);
    }

    @Singleton
    ReadResponses readResponses(
            Turns turns, Items items, Conversations conversations, TurnsConfiguration configuration) {
        return new ReadResponses(turns, new InputItems(turns, items, conversations, configuration.settings()));
    }

    @Singleton
    CancelResponse cancelResponse(
            Turns turns, TurnJournal journal, EventLog log, RunningTurns running, InstantSource clock) {
        return new CancelResponse(turns, journal, log, running, clock);
    }

    @Singleton
    FollowResponse followResponse(Turns turns, EventLog log, TurnRunner runner) {
        return new FollowResponse(turns, log, runner, LOG_PATIENCE);
    }

    @Singleton
    CompactContext compactContext(Context context, References references, TurnRunner runner, InstantSource clock) {
        return new CompactContext(context, references, runner, clock);
    }

    @Singleton
    CountTokens countTokens(
            Context context, References references, ResponseSpecs specs, Tokenizer tokenizer, InstantSource clock) {
        return new CountTokens(context, references, specs, tokenizer, clock);
    }

    @Singleton
    RunInBackground runInBackground(
            Turns turns, TurnJournal journal, EventLog log, Context context, TurnRunner runner, InstantSource clock) {
        return new RunInBackground(turns, journal, log, context, runner, clock);
    }
}
