package dev.parley.rest.agents;

import dev.parley.application.agent.CreateAgent;
import dev.parley.application.agent.DeleteAgent;
import dev.parley.application.agent.ReadAgents;
import dev.parley.application.port.Downloads;
import dev.parley.application.session.CreateSession;
import dev.parley.application.session.DeleteSession;
import dev.parley.application.session.ReadSessions;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.turn.CreateTurn;
import dev.parley.application.turn.ReadDocuments;
import dev.parley.application.turn.ReadTurns;
import dev.parley.application.turn.ResumeTurn;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Gives the controllers use-cases over stand-ins. */
@Factory
@Requires(property = "test.scripted-application", value = "true")
final class ScriptedUseCases {

    @Singleton
    ScriptedApplication application() {
        return new ScriptedApplication();
    }

    @Singleton
    CreateAgent createAgent(ScriptedApplication application) {
        return application.createAgent();
    }

    @Singleton
    ReadAgents readAgents(ScriptedApplication application) {
        return application.readAgents();
    }

    @Singleton
    DeleteAgent deleteAgent(ScriptedApplication application) {
        return application.deleteAgent();
    }

    @Singleton
    CreateSession createSession(ScriptedApplication application) {
        return application.createSession();
    }

    @Singleton
    ReadSessions readSessions(ScriptedApplication application) {
        return application.readSessions();
    }

    @Singleton
    DeleteSession deleteSession(ScriptedApplication application) {
        return application.deleteSession();
    }

    @Singleton
    CreateTurn createTurn(ScriptedApplication application) {
        return application.createTurn(readDocuments());
    }

    @Singleton
    ResumeTurn resumeTurn(ScriptedApplication application) {
        return application.resumeTurn();
    }

    /** The only address there is has a text of its own. */
    private static ReadDocuments readDocuments() {
        return new ReadDocuments(
                (url, _) -> {
                    if (!url.equals("https://example.com/a.pdf")) {
                        throw new Downloads.DownloadFailed("nothing is there");
                    }
                    return new Downloads.Download(
                            url.getBytes(StandardCharsets.UTF_8), Optional.empty(), Optional.empty());
                },
                document -> "What is in " + new String(document.content(), StandardCharsets.UTF_8));
    }

    @Singleton
    ReadTurns readTurns(ScriptedApplication application) {
        return application.readTurns();
    }
}
