package dev.parley.application.session;

import dev.parley.application.port.Agents;
import dev.parley.application.port.Page;
import dev.parley.application.port.Sessions;
import dev.parley.application.port.Slice;
import dev.parley.application.port.Turns;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.session.Session;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.util.List;
import java.util.Set;

/** Reads sessions back, with their turns or without. */
public final class ReadSessions {

    private final Agents agents;
    private final Sessions sessions;
    private final Turns turns;

    public ReadSessions(Agents agents, Sessions sessions, Turns turns) {
        this.agents = agents;
        this.sessions = sessions;
        this.turns = turns;
    }

    /**
     * A session with its turns.
     *
     * @param only the turns that are wanted; all when empty
     * @throws Refusal when the owner has no such session with that agent
     */
    public SessionWithTurns get(Owner owner, AgentId agent, SessionId id, Set<TurnId> only) {
        Session session = sessions.find(owner, agent, id).orElseThrow(() -> Refusal.notFound("Session", id.value()));
        return new SessionWithTurns(
                session, only.isEmpty() ? turns.inSession(owner, id) : turns.inSession(owner, id, only));
    }

    /**
     * The agent's sessions, oldest first, without their turns.
     *
     * @throws Refusal when the owner has no such agent
     */
    public Page<Session> list(Owner owner, AgentId agent, Slice slice) {
        if (agents.find(owner, agent).isEmpty()) {
            throw Refusal.notFound("Agent", agent.value());
        }
        return sessions.list(owner, agent, slice);
    }

    public record SessionWithTurns(Session session, List<Turn> turns) {
        public SessionWithTurns {
            turns = List.copyOf(turns);
        }
    }
}
