package dev.parley.persistence;

import dev.parley.application.port.Agents;
import dev.parley.application.port.Page;
import dev.parley.application.port.Slice;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.agent.AgentId;
import dev.parley.persistence.AgentRows.AgentRow;
import dev.parley.persistence.json.BodyCodec;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Agents in PostgreSQL. */
@Singleton
final class PostgresAgents implements Agents {

    private final AgentRows rows;
    private final BodyCodec codec;

    PostgresAgents(AgentRows rows, BodyCodec codec) {
        this.rows = rows;
        this.codec = codec;
    }

    @Override
    public void add(Owner owner, Agent agent) {
        rows.insert(owner.id(), agent.id().value(), agent.createdAt(), BodyCodec.VERSION, codec.write(agent.config()));
    }

    @Override
    public Optional<Agent> find(Owner owner, AgentId id) {
        return rows.find(owner.id(), id.value()).map(row -> Readable.orThrow("agent", row.id(), () -> read(row)));
    }

    @Override
    public Page<Agent> list(Owner owner, Slice slice) {
        List<AgentRow> found = rows.list(owner.id(), slice.start(), Slices.countToAsk(slice));
        return Slices.page(slice, found, row -> Readable.orEmpty("agent", row.id(), () -> read(row)));
    }

    @Override
    public boolean delete(Owner owner, AgentId id) {
        return rows.delete(owner.id(), id.value()) > 0;
    }

    private Agent read(AgentRow row) {
        return new Agent(
                new AgentId(row.id()), codec.readAgentConfig(row.schemaVersion(), row.body()), row.createdAt());
    }
}
