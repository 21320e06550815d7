package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.session.Session;
import dev.parley.domain.session.SessionId;
import java.util.Optional;

/** The sessions of each owner's agents. Every method blocks on the store. */
public interface Sessions {

    /** @return whether the session was added; false when its agent does not exist (any more) */
    boolean add(Owner owner, Session session);

    /** The session; empty when the owner has none of that id with that agent. */
    Optional<Session> find(Owner owner, AgentId agent, SessionId id);

    /** The agent's sessions, oldest first; empty when there is no such agent. */
    Page<Session> list(Owner owner, AgentId agent, Slice slice);

    /**
     * Deletes the session with all its turns, at once or not at all.
     *
     * @return whether there was such a session
     */
    boolean delete(Owner owner, AgentId agent, SessionId id);
}
