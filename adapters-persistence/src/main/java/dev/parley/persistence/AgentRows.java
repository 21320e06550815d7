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

/** The rows of table agent. */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AgentRows extends GenericRepository<AgentRows.AgentRow, String> {

    @MappedEntity("agent")
    record AgentRow(@Id String id, Instant createdAt, int schemaVersion, String body) {}

    @Query("""
        insert into agent (owner, id, created_at, schema_version, body)
        values (:owner, :id, :createdAt, :schemaVersion, cast(:body as jsonb))
        """)
    int insert(String owner, String id, Instant createdAt, int schemaVersion, String body);

    @Query("select id, created_at, schema_version, body from agent where owner = :owner and id = :id")
    Optional<AgentRow> find(String owner, String id);

    @Query("""
        select id, created_at, schema_version, body from agent where owner = :owner
        order by created_at, id offset :start limit :count
        """)
    List<AgentRow> list(String owner, int start, int count);

    @Query("delete from agent where owner = :owner and id = :id")
    int delete(String owner, String id);
}
