package dev.parley.persistence;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;

/**
 * The rows of table background_run, as far as they are not the scheduler's own business. A run belongs to the owner in its
 * data; its times are by the clocks of the processes, as the scheduler has them.
 */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface BackgroundRows extends GenericRepository<BackgroundRows.BackgroundRow, String> {

    @MappedEntity("background_run")
    record BackgroundRow(@Id String taskInstance) {}

    @Query("""
        insert into background_run (task_name, task_instance, task_data, execution_time, picked, version)
        values ('turn', :turnId, convert_to(:owner, 'UTF8'), :at, false, 1)
        on conflict do nothing
        """)
    int schedule(String owner, String turnId, Instant at);

    /** Turns of every owner that began a while ago and that nobody is going to run. */
    @Query("""
        insert into background_run (task_name, task_instance, task_data, execution_time, picked, version)
        select 'turn', t.id, convert_to(t.owner, 'UTF8'), :at, false, 1 from turn t
        where t.background and t.state in ('queued', 'running') and t.started_at < :begunBefore
          and not exists (select 1 from background_run r where r.task_name = 'turn' and r.task_instance = t.id)
        on conflict do nothing
        """)
    int scheduleForgotten(Instant at, Instant begunBefore);

    /** For a process that knows itself alone: whoever had picked the runs is dead. */
    @Query("""
        update background_run set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
        where picked
        """)
    int reviveAll();
}
