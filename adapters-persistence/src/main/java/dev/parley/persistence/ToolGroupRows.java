package dev.parley.persistence;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The rows of table tool_group. */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ToolGroupRows extends GenericRepository<ToolGroupRows.ToolGroupRow, String> {

    @MappedEntity("tool_group")
    record ToolGroupRow(@Id String id, int schemaVersion, String body) {}

    @Query("""
        insert into tool_group (owner, id, schema_version, body)
        values (:owner, :id, :schemaVersion, cast(:body as jsonb))
        on conflict (owner, id) do update set schema_version = excluded.schema_version, body = excluded.body
        """)
    int put(String owner, String id, int schemaVersion, String body);

    @Query("select id, schema_version, body from tool_group where owner = :owner and id = :id")
    Optional<ToolGroupRow> find(String owner, String id);

    @Query("select id, schema_version, body from tool_group where owner = :owner order by id")
    List<ToolGroupRow> list(String owner);

    @Query("delete from tool_group where owner = :owner and id = :id")
    int delete(String owner, String id);
}
