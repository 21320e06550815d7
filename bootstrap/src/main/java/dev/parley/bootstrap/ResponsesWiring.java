package dev.parley.bootstrap;

import dev.parley.application.port.BackgroundRuns;
import dev.parley.application.port.Conversations;
import dev.parley.application.port.EventLog;
import dev.parley.application.port.Ids;
import dev.parley.application.port.Items;
import dev.parley.application.port.Schemas;
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
import dev.parley.application.response.ReadResponses;
import dev.parley.application.response.References;
import dev.parley.application.response.RunInBackground;
import dev.parley.application.turn.RunningTurns;
import dev.parley.application.turn.TurnRunner;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Puts the use-cases of the Responses API together. */
@Factory
final class ResponsesWiring {

    private static final Duration LOG_PATIENCE = Duration.ofSeconds(3);

    @Singleton
    Context responseContext(Turns turns, Conversations conversations, TurnsConfiguration configuration) {
        return new Context(turns, conversations, configuration.settings());
    }

    @Singleton
    CreateResponse createResponse(
            Context context,
            Items items,
            Tools tools,
            Schemas schemas,
            TurnJournal journal,
            TurnRunner runner,
            BackgroundRuns runs,
            EventLog log,
            Ids ids,
            InstantSource clock) {
        return new CreateResponse(
                context,
                new References(items),
                tools,
                schemas,
                journal,
                runner,
                new CreateResponse.Background(runs, log),
                ids,
                clock);
    }

    @Singleton
    ReadResponses readResponses(Turns turns, Context context) {
        return new ReadResponses(turns, context);
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
    CompactContext compactContext(Context context, Items items, TurnRunner runner, InstantSource clock) {
        return new CompactContext(context, new References(items), runner, clock);
    }

    @Singleton
    CountTokens countTokens(Context context, Items items, Tokenizer tokenizer, InstantSource clock) {
        return new CountTokens(context, new References(items), tokenizer, clock);
    }

    @Singleton
    RunInBackground runInBackground(
            Turns turns, TurnJournal journal, EventLog log, Context context, TurnRunner runner, InstantSource clock) {
        return new RunInBackground(turns, journal, log, context, runner, clock);
    }
}
