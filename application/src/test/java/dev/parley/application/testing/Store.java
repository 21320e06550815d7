package dev.parley.application.testing;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Agents;
import dev.parley.application.port.Replicas;
import dev.parley.application.port.Sessions;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;

/** The five ports that one store stands behind, as one process sees them. */
public record Store(Agents agents, Sessions sessions, Turns turns, TurnJournal journal, Replicas replicas) {

    public Store {
        requireNonNull(agents, "agents");
        requireNonNull(sessions, "sessions");
        requireNonNull(turns, "turns");
        requireNonNull(journal, "journal");
        requireNonNull(replicas, "replicas");
    }
}
