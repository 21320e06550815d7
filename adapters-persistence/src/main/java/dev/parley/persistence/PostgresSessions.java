package dev.parley.persistence;

import dev.parley.application.port.Page;
import dev.parley.application.port.Sessions;
import dev.parley.application.port.Slice;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.session.Session;
import dev.parley.domain.session.SessionId;
import dev.parley.persistence.SessionRows.SessionRow;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Sessions in PostgreSQL. */
@Singleton
final class PostgresSessions implements Sessions {

    private final SessionRows rows;

    PostgresSessions(SessionRows rows) {
        this.rows = rows;
    }

    @Override
    public boolean add(Owner owner, Session session) {
        return rows.insert(
                        owner.id(),
                        session.id().value(),
                        session.agentId().value(),
                        session.name(),
                        session.startedAt())
                > 0;
    }

    @Override
    public Optional<Session> find(Owner owner, AgentId agent, SessionId id) {
        return rows.find(owner.id(), agent.value(), id.value()).map(PostgresSessions::read);
    }

    @Override
    public Page<Session> list(Owner owner, AgentId agent, Slice slice) {
        List<SessionRow> found = rows.list(owner.id(), agent.value(), slice.start(), Slices.countToAsk(slice));
        return Slices.page(slice, found, row -> Optional.of(read(row)));
    }

    @Override
    public boolean delete(Owner owner, AgentId agent, SessionId id) {
        return rows.delete(owner.id(), agent.value(), id.value()) > 0;
    }

    private static Session read(SessionRow row) {
        return new Session(new SessionId(row.id()), new AgentId(row.agentId()), row.name(), row.startedAt());
    }
}
