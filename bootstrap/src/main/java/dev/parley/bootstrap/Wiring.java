package dev.parley.bootstrap;

import dev.parley.application.agent.CreateAgent;
import dev.parley.application.agent.DeleteAgent;
import dev.parley.application.agent.ReadAgents;
import dev.parley.application.port.Agents;
import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.Downloads;
import dev.parley.application.port.Ids;
import dev.parley.application.port.Inference;
import dev.parley.application.port.Replicas;
import dev.parley.application.port.Retrieval;
import dev.parley.application.port.Sessions;
import dev.parley.application.port.Shields;
import dev.parley.application.port.Tools;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;
import dev.parley.application.session.CreateSession;
import dev.parley.application.session.DeleteSession;
import dev.parley.application.session.ReadSessions;
import dev.parley.application.turn.CreateTurn;
import dev.parley.application.turn.ReadDocuments;
import dev.parley.application.turn.ReadTurns;
import dev.parley.application.turn.RecoverTurns;
import dev.parley.application.turn.ResumeTurn;
import dev.parley.application.turn.RunningTurns;
import dev.parley.application.turn.ShieldRunner;
import dev.parley.application.turn.ToolRunner;
import dev.parley.application.turn.TurnEngine;
import dev.parley.application.turn.TurnRunner;
import dev.parley.application.turn.TurnSpecs;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;

/** Puts the framework-free inside together: use-cases from ports. The adapters bring themselves. */
@Factory
final class Wiring {

    /** Primary, because Micronaut's own modules bring one too. */
    @Primary
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Singleton
    Ids ids() {
        return UUID::randomUUID;
    }

    @Singleton
    CreateAgent createAgent(Agents agents, Ids ids, InstantSource clock) {
        return new CreateAgent(agents, ids, clock);
    }

    @Singleton
    ReadAgents readAgents(Agents agents) {
        return new ReadAgents(agents);
    }

    @Singleton
    DeleteAgent deleteAgent(Agents agents) {
        return new DeleteAgent(agents);
    }

    @Singleton
    CreateSession createSession(Sessions sessions, Ids ids, InstantSource clock) {
        return new CreateSession(sessions, ids, clock);
    }

    @Singleton
    ReadSessions readSessions(Agents agents, Sessions sessions, Turns turns) {
        return new ReadSessions(agents, sessions, turns);
    }

    @Singleton
    DeleteSession deleteSession(Sessions sessions) {
        return new DeleteSession(sessions);
    }

    @Singleton
    RunningTurns runningTurns() {
        return new RunningTurns();
    }

    @Singleton
    TurnEngine turnEngine(
            Inference inference, ToolRunner tools, ShieldRunner shields, Retrieval retrieval, InstantSource clock) {
        return new TurnEngine(inference, tools, shields, retrieval, clock);
    }

    @Singleton
    TurnRunner turnRunner(
            TurnEngine engine,
            TurnJournal journal,
            Turns turns,
            RunningTurns running,
            TurnsConfiguration configuration) {
        return new TurnRunner(engine, journal, turns, running, configuration.settings());
    }

    @Singleton
    TurnSpecs turnSpecs(Tools tools, Shields shields) {
        return new TurnSpecs(tools, shields);
    }

    @Singleton
    ReadDocuments readDocuments(Downloads downloads, DocumentParser parser) {
        return new ReadDocuments(downloads, parser);
    }

    @Singleton
    CreateTurn createTurn(
            Agents agents,
            Sessions sessions,
            TurnSpecs specs,
            ReadDocuments reading,
            TurnJournal journal,
            TurnRunner runner,
            Ids ids,
            InstantSource clock) {
        return new CreateTurn(agents, sessions, specs, reading, journal, runner, ids, clock);
    }

    @Singleton
    ResumeTurn resumeTurn(Sessions sessions, Turns turns, TurnJournal journal, TurnRunner runner, InstantSource clock) {
        return new ResumeTurn(sessions, turns, journal, runner, clock);
    }

    @Singleton
    ReadTurns readTurns(Sessions sessions, Turns turns) {
        return new ReadTurns(sessions, turns);
    }

    @Singleton
    RecoverTurns recoverTurns(Replicas replicas, TurnJournal journal, RunningTurns running, InstantSource clock) {
        return new RecoverTurns(replicas, journal, running, clock);
    }
}
