package dev.parley.persistence;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of tables turn, turn_spec and turn_step. A turn is always read whole, in one statement. */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TurnRows extends GenericRepository<TurnRow, String> {

    /** Long specs are the bulk of a history, so one that is the same as that of the row before is not sent again. */
    String SELECT = """
        select t.id, t.owner, t.session_id, t.revision, t.started_at, t.rested_at,
               t.request_key, t.request_fingerprint, t.schema_version, t.body, t.outcome_version, t.outcome,
               p.schema_version as spec_version,
               case when lag(t.spec_id) over newest_first is distinct from t.spec_id then p.body end as spec,
               (select coalesce(json_agg(json_build_object('version', s.schema_version, 'step', s.body)
                                         order by s.position), '[]')
                from turn_step s where s.owner = t.owner and s.turn_id = t.id) as steps
        from turn t join turn_spec p on p.owner = t.owner and p.session_id = t.session_id and p.id = t.spec_id
        """;

    String NEWEST_FIRST = """
        window newest_first as (partition by t.owner, t.session_id order by t.position desc)
        order by t.position desc
        """;

    /** Inserts nothing when the turn would break a rule that an index keeps; which one is asked afterwards. */
    @Query("""
        with spec as (
            insert into turn_spec (owner, session_id, id, schema_version, body)
            values (:owner, :sessionId, :specId, :schemaVersion, cast(:spec as jsonb))
            on conflict do nothing)
        insert into turn (owner, id, session_id, position, state, revision, replica, started_at,
                          request_key, request_fingerprint, spec_id, schema_version, body, outcome_version, outcome)
        select :owner, :id, :sessionId,
               1 + coalesce((select max(position) from turn where owner = :owner and session_id = :sessionId), 0),
               'running', 0, :replica, :startedAt, :requestKey, :requestFingerprint,
               :specId, :schemaVersion, cast(:body as jsonb), :schemaVersion, cast(:outcome as jsonb)
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
            String specId,
            String spec,
            String body,
            String outcome);

    /**
     * Moves a turn and appends its new step, if there is one, in one statement and so in one commit. Answers 0 when the
     * turn is not at the revision before, or would run again although a later one has begun.
     */
    @Query("""
        with moved as (
            update turn t set state = :state, outcome_version = :schemaVersion, outcome = cast(:outcome as jsonb),
                   revision = :before + 1, rested_at = :restedAt, replica = :replica
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

    /** Whether a turn of the session other than this one runs. */
    @Query("""
        select exists (select 1 from turn
                       where owner = :owner and session_id = :sessionId and state = 'running' and id <> :id)
        """)
    boolean anotherRuns(String owner, String sessionId, String id);

    @Query(SELECT + "where t.owner = :owner and t.session_id = :sessionId and t.id = :id " + NEWEST_FIRST)
    Optional<TurnRow> find(String owner, String sessionId, String id);

    @Query(SELECT
            + "where t.owner = :owner and t.session_id = :sessionId and t.request_key = :requestKey "
            + NEWEST_FIRST)
    Optional<TurnRow> findByRequest(String owner, String sessionId, String requestKey);

    @Query("""
        select t.id = :id from turn t where t.owner = :owner and t.session_id = :sessionId
        order by t.position desc limit 1
        """)
    Optional<Boolean> isLast(String owner, String sessionId, String id);

    @Query(SELECT + "where t.owner = :owner and t.session_id = :sessionId " + NEWEST_FIRST)
    List<TurnRow> inSession(String owner, String sessionId);

    @Query(SELECT + "where t.owner = :owner and t.session_id = :sessionId and t.id = any(:ids) " + NEWEST_FIRST)
    List<TurnRow> inSession(String owner, String sessionId, @TypeDef(type = DataType.STRING_ARRAY) String[] ids);

    @Query(SELECT + """
        where t.owner = :owner and t.session_id = :sessionId and t.position < (
            select position from turn where owner = :owner and session_id = :sessionId and id = :id)
        """ + NEWEST_FIRST + "limit :count")
    List<TurnRow> before(String owner, String sessionId, String id, int count);

    /**
     * Of every owner: the one query that looks across them, for a process that tidies up after another. A process that was
     * silent itself for too long leaves the others the same time to be heard again before it judges them.
     */
    @Query("""
        select t.id, t.owner, t.revision, t.started_at from turn t
        where t.state = 'running' and case
            when t.replica = :replica then t.id <> all(:driven)
            else exists (select 1 from replica me where me.id = :replica
                         and me.steady_since <= now() - make_interval(secs => :deadAfterSeconds))
                 and not exists (select 1 from replica r where r.id = t.replica
                                 and r.heartbeat_at > now() - make_interval(secs => :deadAfterSeconds)) end
        order by t.started_at limit :count
        """)
    List<AbandonedRow> abandoned(
            String replica, @TypeDef(type = DataType.STRING_ARRAY) String[] driven, double deadAfterSeconds, int count);
}
