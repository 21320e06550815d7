package dev.parley.persistence;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The rows of tables turn and turn_step. A turn is always read with its steps, in one statement. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TurnRows extends GenericRepository<TurnRow, String> {

    String COLUMNS = """
        select t.id, t.owner, t.session_id, t.revision, t.started_at, t.rested_at,
               t.request_key, t.request_fingerprint, t.schema_version, t.body, t.outcome,
               (select coalesce(json_agg(json_build_object('version', s.schema_version, 'step', s.body)
                                         order by s.position), '[]')
                from turn_step s where s.owner = t.owner and s.turn_id = t.id) as steps
        from turn t
        """;

    /** Inserts nothing when the turn would break a rule that an index keeps; which one is asked afterwards. */
    @Query("""
        insert into turn (owner, id, session_id, position, state, revision, replica, started_at,
                          request_key, request_fingerprint, schema_version, body, outcome)
        select :owner, :id, :sessionId,
               1 + coalesce((select max(position) from turn where owner = :owner and session_id = :sessionId), 0),
               'running', 0, :replica, :startedAt, :requestKey, :requestFingerprint, :schemaVersion,
               cast(:body as jsonb), cast(:outcome as jsonb)
        on conflict do nothing
        """)
    int insert(
            String owner,
            String id,
            String sessionId,
            String replica,
            Instant startedAt,
            @Nullable String requestKey,
            @Nullable String requestFingerprint,
            int schemaVersion,
            String body,
            String outcome);

    /**
     * Moves a turn and appends its new step, if there is one, in one statement and so in one commit. Answers 0 when the
     * turn is not at the revision before, or would run again although a later one has begun.
     */
    @Query("""
        with moved as (
            update turn t set state = :state, outcome = cast(:outcome as jsonb), revision = :before + 1,
                   rested_at = :restedAt, replica = :replica
            where t.owner = :owner and t.id = :id and t.revision = :before
              and (t.state = 'running' or :state <> 'running' or not exists (
                  select 1 from turn later
                  where later.owner = t.owner and later.session_id = t.session_id and later.position > t.position))
            returning t.owner, t.id),
        appended as (
            insert into turn_step (owner, turn_id, position, schema_version, body)
            select owner, id, :stepPosition, :schemaVersion, cast(:step as jsonb) from moved
            where :stepPosition >= 0)
        select count(*) from moved
        """)
    int move(
            String owner,
            String id,
            long before,
            String state,
            String outcome,
            @Nullable Instant restedAt,
            @Nullable String replica,
            int stepPosition,
            int schemaVersion,
            @Nullable String step);

    @Query(COLUMNS + "where t.owner = :owner and t.session_id = :sessionId and t.id = :id")
    Optional<TurnRow> find(String owner, String sessionId, String id);

    @Query(COLUMNS + "where t.owner = :owner and t.session_id = :sessionId and t.request_key = :requestKey")
    Optional<TurnRow> findByRequest(String owner, String sessionId, String requestKey);

    @Query("""
        select t.id = :id from turn t where t.owner = :owner and t.session_id = :sessionId
        order by t.position desc limit 1
        """)
    Optional<Boolean> isLast(String owner, String sessionId, String id);

    @Query(COLUMNS + "where t.owner = :owner and t.session_id = :sessionId order by t.position")
    List<TurnRow> inSession(String owner, String sessionId);

    @Query(COLUMNS + "where t.owner = :owner and t.session_id = :sessionId and t.id in (:ids) order by t.position")
    List<TurnRow> inSession(String owner, String sessionId, Collection<String> ids);

    @Query(COLUMNS + """
        where t.owner = :owner and t.session_id = :sessionId and t.position < (
            select position from turn where owner = :owner and session_id = :sessionId and id = :id)
        order by t.position desc limit :count
        """)
    List<TurnRow> before(String owner, String sessionId, String id, int count);

    /** Of every owner: the one query that looks across them, for a process that tidies up after another. */
    @Query(COLUMNS + """
        where t.state = 'running' and case
            when t.replica = :replica then t.id not in (:driven)
            else not exists (select 1 from replica r where r.id = t.replica
                             and r.heartbeat_at > now() - make_interval(secs => :deadAfterSeconds)) end
        order by t.started_at limit :count
        """)
    List<TurnRow> abandoned(String replica, Collection<String> driven, double deadAfterSeconds, int count);
}
