package dev.parley.persistence;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** The rows of table replica, which belong to no owner. Times are the database's own: the clocks of replicas may differ. */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ReplicaRows extends GenericRepository<ReplicaRows.ReplicaRow, String> {

    @MappedEntity("replica")
    record ReplicaRow(@Id String id) {}

    /** Also drops the rows of processes that died a day ago: nobody wonders about them any more. */
    @Query("""
        with forgotten as (delete from replica where heartbeat_at < now() - interval '1 day' and id <> :id)
        insert into replica as known (id, heartbeat_at, steady_since) values (:id, now(), '-infinity')
        on conflict (id) do update set
            heartbeat_at = now(),
            steady_since = case when known.heartbeat_at < now() - make_interval(secs => :deadAfterSeconds)
                                then now() else known.steady_since end
        """)
    int beat(String id, double deadAfterSeconds);

    @Query("delete from replica where id = :id")
    int delete(String id);

    @Query("delete from replica where id <> :id")
    int deleteOthers(String id);
}
