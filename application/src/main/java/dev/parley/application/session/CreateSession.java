package dev.parley.application.session;

import dev.parley.application.port.Ids;
import dev.parley.application.port.Sessions;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.session.Session;
import dev.parley.domain.session.SessionId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Opens a session with an agent. */
public final class CreateSession {

    private final Sessions sessions;
    private final Ids ids;
    private final InstantSource clock;

    public CreateSession(Sessions sessions, Ids ids, InstantSource clock) {
        this.sessions = sessions;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Blocks until the session is stored.
     *
     * @throws Refusal when the owner has no such agent
     */
    public Session create(Owner owner, AgentId agent, String name) {
        Session session = new Session(
                new SessionId(ids.next().toString()),
                agent,
                name,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        if (!sessions.add(owner, session)) {
            throw Refusal.notFound("Agent", agent.value());
        }
        return session;
    }
}
