package dev.parley.application.session;

import dev.parley.application.port.Sessions;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.session.SessionId;

/** Deletes a session with all its turns. */
public final class DeleteSession {

    private final Sessions sessions;

    public DeleteSession(Sessions sessions) {
        this.sessions = sessions;
    }

    /** @throws Refusal when the owner has no such session with that agent */
    public void delete(Owner owner, AgentId agent, SessionId id) {
        if (!sessions.delete(owner, agent, id)) {
            throw Refusal.notFound("Session", id.value());
        }
    }
}
