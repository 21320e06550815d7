package dev.parley.persistence;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;

/** The rows of table replica. Times are the database's own: the clocks of replicas may differ. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ReplicaRows extends GenericRepository<ReplicaRows.ReplicaRow, String> {

    @MappedEntity("replica")
    record ReplicaRow(@Id String id, Instant heartbeatAt) {}

    @Query("""
        insert into replica (id, heartbeat_at) values (:id, now())
        on conflict (id) do update set heartbeat_at = now()
        """)
    int beat(String id);

    @Query("delete from replica where id = :id")
    int delete(String id);

    /** Rows of processes that died are of no use once they count as dead; a day later nobody wonders about them. */
    @Query("delete from replica where heartbeat_at < now() - interval '1 day'")
    int deleteOld();

    @Query("delete from replica where id <> :id")
    int deleteOthers(String id);
}
