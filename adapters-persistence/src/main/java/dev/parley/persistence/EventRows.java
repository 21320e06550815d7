package dev.parley.persistence;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The rows of table turn_event, each a batch of events. */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface EventRows extends GenericRepository<EventRows.EventRow, Long> {

    @MappedEntity("turn_event")
    record EventRow(@Id long firstPlace, int schemaVersion, String body) {}

    String LAST = """
        coalesce((
            select last_place from turn_event where owner = :owner and turn_id = :turnId
            order by first_place desc limit 1), 0)
        """;

    /**
     * Holds the turn while it looks who runs it, so that nothing is added once another process has claimed it. Answers 0 when
     * the place is taken, or the turn is another process's.
     */
    @Query("""
        with writable as (
            select owner, id from turn
            where owner = :owner and id = :turnId and (state <> 'running' or replica = :replica) for share)
        insert into turn_event (owner, turn_id, first_place, last_place, schema_version, body)
        select owner, id, :after + 1, :after + :count, :schemaVersion, cast(:body as jsonb) from writable
        where :after =
        """ + LAST + " on conflict do nothing")
    int append(String owner, String turnId, long after, int count, String replica, int schemaVersion, String body);

    /** The batches that have a place behind the first and up to the last one; none is read again for a reader at its end. */
    @Query("""
        select first_place, schema_version, body from turn_event
        where owner = :owner and turn_id = :turnId and last_place > :after and first_place <= :upTo and first_place >= coalesce(
            (select max(first_place) from turn_event
             where owner = :owner and turn_id = :turnId and first_place <= :after + 1), 0)
        order by first_place
        """)
    List<EventRow> read(String owner, String turnId, long after, long upTo);

    /** The nearest batches that begin before the place, the newest first. */
    @Query("""
        select first_place, schema_version, body from turn_event
        where owner = :owner and turn_id = :turnId and first_place < :beforePlace
        order by first_place desc limit :count
        """)
    List<EventRow> readBack(String owner, String turnId, long beforePlace, int count);
}
