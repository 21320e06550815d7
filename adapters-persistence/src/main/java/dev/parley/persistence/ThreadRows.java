package dev.parley.persistence;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The rows of table thread. */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ThreadRows extends GenericRepository<ThreadRows.ThreadRow, String> {

    @MappedEntity("thread")
    record ThreadRow(@Id String id) {}

    /**
     * Answers the thread that the deleted one began behind. A statement of its own: it must see what those have written that
     * the deletion of a turn or conversation had to wait for.
     */
    @Query("""
        with gone as (
            delete from thread empty where empty.owner = :owner and empty.id = :id and empty.session_id is null
              and not exists (select 1 from turn t where t.owner = empty.owner and t.thread_id = empty.id)
              and not exists (select 1 from thread fork
                              where fork.owner = empty.owner and fork.parent_thread = empty.id)
              and not exists (select 1 from conversation c
                              where c.owner = empty.owner and c.id = empty.conversation_id)
            returning parent_thread)
        select parent_thread from gone where parent_thread is not null
        """)
    List<String> deleteIfEmpty(String owner, String id);
}
