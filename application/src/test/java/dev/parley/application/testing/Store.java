package dev.parley.application.testing;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Agents;
import dev.parley.application.port.Conversations;
import dev.parley.application.port.EventLog;
import dev.parley.application.port.Items;
import dev.parley.application.port.Replicas;
import dev.parley.application.port.Sessions;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;

/** The ports that one store stands behind, as one process sees them. */
public record Store(
        Agents agents,
        Sessions sessions,
        Turns turns,
        TurnJournal journal,
        Replicas replicas,
        Conversations conversations,
        Items items,
        EventLog eventLog) {

    public Store {
        requireNonNull(agents, "agents");
        requireNonNull(sessions, "sessions");
        requireNonNull(turns, "turns");
        requireNonNull(journal, "journal");
        requireNonNull(replicas, "replicas");
        requireNonNull(conversations, "conversations");
        requireNonNull(items, "items");
        requireNonNull(eventLog, "eventLog");
    }
}
