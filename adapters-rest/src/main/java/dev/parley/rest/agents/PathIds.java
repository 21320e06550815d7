package dev.parley.rest.agents;

import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.TurnId;

/** Ids as they stand in a path. Any text may be one; only NUL is kept from the store, which has no place for it. */
final class PathIds {

    private PathIds() {}

    static AgentId agent(String id) {
        return new AgentId(checked("Agent", id));
    }

    static SessionId session(String id) {
        return new SessionId(checked("Session", id));
    }

    static TurnId turn(String id) {
        return new TurnId(checked("Turn", id));
    }

    static String shield(String id) {
        return checked("Shield", id);
    }

    static VectorStoreId vectorDb(String id) {
        return new VectorStoreId(checked("Vector database", id));
    }

    static StepId step(String id) {
        return new StepId(checked("Step", id));
    }

    static String toolGroup(String id) {
        return checked("Tool group", id);
    }

    private static String checked(String kind, String id) {
        if (id.indexOf(0) >= 0) {
            throw Refusal.notFound(kind, id.replace('\0', '\uFFFD'));
        }
        return id;
    }
}
