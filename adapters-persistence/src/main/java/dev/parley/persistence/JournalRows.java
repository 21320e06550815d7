package dev.parley.persistence;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

/** The rows of turns, written: each wish is one statement, whose outcome says what came of it. */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface JournalRows extends GenericRepository<TurnRow, String> {

    String BEGUN = "begun";
    String NO_ORIGIN = "no origin";
    String BUSY = "busy";
    /** A turn was begun before under the request's name. */
    String KNOWN = "known";

    /** Behind all turns of a thread and all that other threads begin behind, even where such a turn was deleted. */
    String NEXT_POSITION = """
        1 + greatest(
            coalesce((select max(position) from turn where owner = :owner and thread_id = origin.thread_id), 0),
            coalesce((select max(parent_position) from thread
                      where owner = :owner and parent_thread = origin.thread_id), 0))
        """;

    /** Expects the place of the turn. */
    String BEGIN = """
        spec as (
            insert into thread_spec (owner, thread_id, id, schema_version, body)
            select :owner, thread_id, :specId, :schemaVersion, cast(:spec as jsonb) from place
            on conflict do nothing),
        begun as (
            insert into turn (owner, id, thread_id, position, session_id, conversation_id, previous_id, state, revision,
                              background, replica, started_at, request_key, request_fingerprint, spec_id,
                              schema_version, body, compacts, outcome_version, outcome)
            select :owner, :id, thread_id, position, session_id, conversation_id, previous_id, :state, 0, :background,
                   case when :state = 'running' then :replica end, :startedAt, :requestKey, :requestFingerprint, :specId,
                   :schemaVersion, cast(:body as jsonb), :compacts, :schemaVersion, cast(:outcome as jsonb)
            from place
        """;

    /** Inserts nothing when the turn would break a rule that an index keeps; which one is asked afterwards. */
    String UNLESS_REFUSED = " on conflict do nothing ";

    String BRING = """
            returning 1),
        brought as (
            insert into turn_item (owner, turn_id, item_id)
            select :owner, :id, item_id from begun cross join unnest(cast(:brought as text[])) item_id
            on conflict do nothing)
        """;

    /** A session that is not there (any more) shows by its foreign key. */
    @Query("""
        with opened as (
            insert into thread (owner, id, session_id) select owner, id, id from session
            where owner = :owner and id = :sessionId
            on conflict do nothing),
        place as (
            select origin.thread_id,
        """ + NEXT_POSITION + """
                   as position, origin.thread_id as session_id,
                   cast(null as text) as conversation_id, cast(null as text) as previous_id
            from (select cast(:sessionId as text) as thread_id) origin),
        """ + BEGIN + UNLESS_REFUSED + BRING + """
        select case when exists (select 1 from begun) then 'begun' else 'busy' end
        """)
    String beginInSession(
            String owner,
            String id,
            String sessionId,
            String state,
            boolean background,
            String replica,
            Instant startedAt,
            @Nullable String requestKey,
            @Nullable String requestFingerprint,
            int schemaVersion,
            String specId,
            String spec,
            String body,
            boolean compacts,
            String outcome,
            @TypeDef(type = DataType.STRING_ARRAY) String[] brought);

    /** Holds the conversation, so that whoever deletes it sees the turn. */
    @Query("""
        with origin as (
            select id as thread_id from conversation where owner = :owner and id = :conversationId for key share),
        opened as (
            insert into thread (owner, id, conversation_id) select :owner, thread_id, thread_id from origin
            on conflict do nothing),
        place as (
            select origin.thread_id,
        """ + NEXT_POSITION + """
                   as position, cast(null as text) as session_id,
                   origin.thread_id as conversation_id, cast(null as text) as previous_id
            from origin),
        """ + BEGIN + UNLESS_REFUSED + BRING + """
        select case when exists (select 1 from begun) then 'begun'
                    when not exists (select 1 from origin) then 'no origin' else 'busy' end
        """)
    String beginInConversation(
            String owner,
            String id,
            String conversationId,
            String state,
            boolean background,
            String replica,
            Instant startedAt,
            @Nullable String requestKey,
            @Nullable String requestFingerprint,
            int schemaVersion,
            String specId,
            String spec,
            String body,
            boolean compacts,
            String outcome,
            @TypeDef(type = DataType.STRING_ARRAY) String[] brought);

    /**
     * After the last turn of a row of responses the turn takes the next place of its thread, else the first of a thread of its
     * own. Holds the turn before, so that whoever deletes it sees what came after it. Where another turn takes the place, or
     * the name of the request, at the same moment, the whole statement is undone by an index.
     */
    @Query("""
        with origin as (
            select t.thread_id, t.position, t.state in ('queued', 'running') as busy,
                   t.session_id is null and t.conversation_id is null as is_chain
            from turn t where t.owner = :owner and t.id = :previousId for key share),
        parent as (
            select origin.*, is_chain and position + 1 =
        """ + NEXT_POSITION + """
                   as is_tip
            from origin),
        place as (
            select case when is_tip then thread_id else :id end as thread_id,
                   case when is_tip then position + 1 else 1 end as position,
                   cast(null as text) as session_id, cast(null as text) as conversation_id,
                   cast(:previousId as text) as previous_id, not is_tip as opens,
                   thread_id as parent_thread, position as parent_position
            from (select thread_id, position, is_tip from parent where not busy
                  union all select null, null, false where cast(:previousId as text) is null) parent
            where not exists (select 1 from turn
                              where owner = :owner and session_id is null and request_key = :requestKey)),
        opened as (
            insert into thread (owner, id, parent_thread, parent_position)
            select :owner, thread_id, parent_thread, parent_position from place where opens),
        """ + BEGIN + BRING + """
        select case when exists (select 1 from begun) then 'begun'
                    when cast(:previousId as text) is not null and not exists (select 1 from origin) then 'no origin'
                    when exists (select 1 from origin where busy) then 'busy' else 'known' end
        """)
    String beginAfter(
            String owner,
            String id,
            @Nullable String previousId,
            String state,
            boolean background,
            String replica,
            Instant startedAt,
            @Nullable String requestKey,
            @Nullable String requestFingerprint,
            int schemaVersion,
            String specId,
            String spec,
            String body,
            boolean compacts,
            String outcome,
            @TypeDef(type = DataType.STRING_ARRAY) String[] brought);

    /**
     * Moves a turn and appends its new step, if there is one, in one statement and so in one commit. Moves nothing when the
     * turn is not at the revision before, would run again although a later one has begun, or runs in the background and is
     * another process's; calling it off is open to all.
     */
    String MOVE = """
        with moved as (
            update turn t set state = :state, outcome_version = :schemaVersion, outcome = cast(:outcome as jsonb),
                   revision = :before + 1, rested_at = :restedAt, compacts = t.compacts or :compacts,
                   replica = case when :state = 'running' then :replica end
            where t.owner = :owner and t.id = :id and t.revision = :before
              and (t.state <> 'running' or not t.background or t.replica = :replica or :state = 'cancelled')
              and (t.state in ('queued', 'running') or :state <> 'running' or not exists (
                  select 1 from turn later
                  where later.owner = t.owner and later.thread_id = t.thread_id and later.position > t.position))
            returning t.owner, t.id, t.conversation_id),
        appended as (
            insert into turn_step (owner, turn_id, position, schema_version, body)
            select owner, id, :stepPosition, :schemaVersion, cast(:step as jsonb) from moved
            where :stepPosition >= 0)
        """;

    /** Answers 0 when nothing was moved. */
    @Query(MOVE + "select count(*) from moved")
    int move(
            String owner,
            String id,
            long before,
            String state,
            String outcome,
            @Nullable Instant restedAt,
            String replica,
            int stepPosition,
            int schemaVersion,
            boolean compacts,
            @Nullable String step);

    /** The same, and what the turn adds to its conversation, if that is still there. Answers 0 when nothing was moved. */
    @Query(MOVE + """
        , grown as (
            update conversation c set last_position = c.last_position + cardinality(cast(:itemIds as text[]))
            from moved where c.owner = moved.owner and c.id = moved.conversation_id
            returning c.owner, c.id, c.last_position - cardinality(cast(:itemIds as text[])) as before),
        kept as (
            insert into conversation_item (owner, conversation_id, position, item_id, turn_id, schema_version, body, compacts)
            select grown.owner, grown.id, grown.before + item.place, item.id, :id, :schemaVersion, cast(item.body as jsonb),
                   item.compacts
            from grown cross join
                 unnest(cast(:itemIds as text[]), cast(:items as text[]), cast(:itemsCompact as boolean[]))
                 with ordinality as item (id, body, compacts, place))
        select count(*) from moved
        """)
    int moveAndKeep(
            String owner,
            String id,
            long before,
            String state,
            String outcome,
            @Nullable Instant restedAt,
            String replica,
            int stepPosition,
            int schemaVersion,
            boolean compacts,
            @Nullable String step,
            @TypeDef(type = DataType.STRING_ARRAY) String[] itemIds,
            @TypeDef(type = DataType.STRING_ARRAY) String[] items,
            @TypeDef(type = DataType.BOOLEAN_ARRAY) Boolean[] itemsCompact);

    /** Whether a turn of the session other than this one runs. */
    @Query("""
        select exists (select 1 from turn
                       where owner = :owner and thread_id = :sessionId and state in ('queued', 'running') and id <> :id)
        """)
    boolean anotherRuns(String owner, String sessionId, String id);

    /** Judges other processes as recovery does. */
    @Query("""
        update turn t set replica = :replica
        where t.owner = :owner and t.id = :id and t.revision = :revision and t.state = 'running' and t.background
          and (t.replica is null or t.replica = :replica
               or exists (select 1 from replica me where me.id = :replica
                          and me.steady_since <= now() - make_interval(secs => :deadAfterSeconds))
                  and not exists (select 1 from replica r where r.id = t.replica
                                  and r.heartbeat_at > now() - make_interval(secs => :deadAfterSeconds)))
        """)
    int claim(String owner, String id, long revision, String replica, double deadAfterSeconds);

    @Query("""
        update turn set replica = null
        where owner = :owner and id = :id and state = 'running' and background and replica = :replica
        """)
    int handOver(String owner, String id, String replica);

    /** How often the runs of a turn broke, and nothing that would have to be decoded. */
    @MappedEntity("turn")
    record BrokenRow(@Id int brokenRuns, long revision, Instant startedAt) {}

    @Query("""
        with broken as (
            update turn set broken_runs = broken_runs + 1
            where owner = :owner and id = :id and background and state in ('queued', 'running')
            returning broken_runs, revision, started_at)
        select broken_runs, revision, started_at from broken
        """)
    List<BrokenRow> countBroken(String owner, String id);

    /** Answers the thread of the turn when there was one at rest. */
    @Query("""
        with gone as (
            delete from turn where owner = :owner and id = :id and state not in ('queued', 'running') returning thread_id)
        select thread_id from gone
        """)
    List<String> delete(String owner, String id);
}
