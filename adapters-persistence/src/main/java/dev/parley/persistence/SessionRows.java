package dev.parley.persistence;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of table session. */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SessionRows extends GenericRepository<SessionRows.SessionRow, String> {

    @MappedEntity("session")
    record SessionRow(@Id String id, String agentId, String name, Instant startedAt) {}

    /** Inserts nothing when the agent does not exist; an agent that is deleted meanwhile takes the row with it. */
    @Query("""
        insert into session (owner, id, agent_id, name, started_at)
        select :owner, :id, agent.id, :name, :startedAt
        from agent where agent.owner = :owner and agent.id = :agentId for key share
        """)
    int insert(String owner, String id, String agentId, String name, Instant startedAt);

    @Query("""
        select id, agent_id, name, started_at from session
        where owner = :owner and agent_id = :agentId and id = :id
        """)
    Optional<SessionRow> find(String owner, String agentId, String id);

    @Query("""
        select id, agent_id, name, started_at from session where owner = :owner and agent_id = :agentId
        order by started_at, id offset :start limit :count
        """)
    List<SessionRow> list(String owner, String agentId, int start, int count);

    @Query("delete from session where owner = :owner and agent_id = :agentId and id = :id")
    int delete(String owner, String agentId, String id);
}
