package dev.parley.persistence;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The rows of tables turn, thread_spec and turn_step, read. A turn is always read whole, in one statement. */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TurnRows extends GenericRepository<TurnRow, String> {

    /** Long specs are the bulk of a history, so one that is the same as that of the row before is not sent again. */
    String COLUMNS = """
        select t.id, t.owner, t.session_id, t.conversation_id, t.previous_id, t.revision, t.started_at, t.rested_at,
               t.request_key, t.request_fingerprint, t.schema_version, t.body, t.outcome_version, t.outcome,
               p.schema_version as spec_version,
               case when lag(t.spec_id) over newest_first is distinct from t.spec_id then p.body end as spec,
               (select coalesce(json_agg(json_build_object('version', s.schema_version, 'step', s.body)
                                         order by s.position), '[]')
                from turn_step s where s.owner = t.owner and s.turn_id = t.id) as steps
        """;

    String WITH_SPEC = " join thread_spec p on p.owner = t.owner and p.thread_id = t.thread_id and p.id = t.spec_id ";

    String SELECT = COLUMNS + " from turn t " + WITH_SPEC;

    String OF_SESSION = " where t.owner = :owner and t.thread_id = :sessionId and t.session_id is not null ";

    String NEWEST_FIRST = """
        window newest_first as (partition by t.owner, t.thread_id order by t.position desc)
        order by t.position desc
        """;

    String IN_ANY_ORDER = " window newest_first as (partition by t.owner, t.thread_id order by t.position desc) ";

    @Query(SELECT + "where t.owner = :owner and t.id = :id " + IN_ANY_ORDER)
    Optional<TurnRow> find(String owner, String id);

    @Query(SELECT + OF_SESSION + "and t.id = :id " + NEWEST_FIRST)
    Optional<TurnRow> find(String owner, String sessionId, String id);

    @Query(SELECT
            + "where t.owner = :owner and t.session_id = :sessionId and t.request_key = :requestKey "
            + NEWEST_FIRST)
    Optional<TurnRow> findByRequest(String owner, String sessionId, String requestKey);

    /** Among all turns outside of sessions. */
    @Query(SELECT + "where t.owner = :owner and t.session_id is null and t.request_key = :requestKey " + IN_ANY_ORDER)
    Optional<TurnRow> findByRequest(String owner, String requestKey);

    /** Among all turns of the session that this one is in. */
    @Query(SELECT + """
        where t.owner = :owner and t.request_key = :requestKey
          and t.session_id = (select session_id from turn where owner = :owner and id = :id)
        """ + IN_ANY_ORDER)
    Optional<TurnRow> findByRequestInSessionOf(String owner, String id, String requestKey);

    @Query("select t.id = :id from turn t" + OF_SESSION + "order by t.position desc limit 1")
    Optional<Boolean> isLast(String owner, String sessionId, String id);

    @Query(SELECT + OF_SESSION + NEWEST_FIRST)
    List<TurnRow> inSession(String owner, String sessionId);

    @Query(SELECT + OF_SESSION + "and t.id = any(:ids) " + NEWEST_FIRST)
    List<TurnRow> inSession(String owner, String sessionId, @TypeDef(type = DataType.STRING_ARRAY) String[] ids);

    @Query(SELECT + OF_SESSION + """
        and t.position < (
            select position from turn where owner = :owner and thread_id = :sessionId and id = :id)
        and t.position >= coalesce((
            select max(c.position) from turn c
            where c.owner = :owner and c.thread_id = :sessionId and c.compacts and c.position < (
                select position from turn where owner = :owner and thread_id = :sessionId and id = :id)), 0)
        """ + NEWEST_FIRST + "limit :count")
    List<TurnRow> before(String owner, String sessionId, String id, int count);

    /**
     * Goes up from thread to thread, from each taking the nearest turns that are still wanted. Of a conversation's it takes
     * only the turn itself. Expects where in a thread it is cut, if it is, which ends it.
     */
    String LINE = """
        with recursive line (distance, thread_id, lowest, highest, wanted, is_cut) as (
            select 0, here.thread_id, greatest(here.lowest, coalesce(cut.position, 0)), here.position,
                   cast(:count as bigint), cut.position is not null
            from (select t.thread_id, t.position, case when t.conversation_id is null then 0 else t.position end as lowest
                  from turn t where t.owner = :owner and t.id = :id) here
            cross join lateral
        """;

    String LINE_ABOVE = """
          union all
            select line.distance + 1, here.thread_id, greatest(here.lowest, coalesce(cut.position, 0)), here.position,
                   line.wanted - near.found, cut.position is not null
            from line
            join thread fork on fork.owner = :owner and fork.id = line.thread_id
            join thread up on up.owner = :owner and up.id = fork.parent_thread
            cross join lateral (
                select up.id as thread_id, fork.parent_position as position,
                       case when up.conversation_id is null then 0 else fork.parent_position end as lowest) here
            cross join lateral (
                select count(*) as found from (
                    select 1 from turn t where t.owner = :owner and t.thread_id = line.thread_id
                      and t.position between line.lowest and line.highest
                    order by t.position desc limit line.wanted) nearest) near
            cross join lateral
        """;

    String WHILE_WANTED = " where line.wanted > near.found and not line.is_cut) ";

    String CUT = """
         (select max(c.position) as position from turn c
          where c.owner = :owner and c.thread_id = here.thread_id and c.compacts and c.position <= here.position) cut
        """;

    String UNCUT = " (select cast(null as bigint) as position) cut ";

    String OF_LINE = """
        from line cross join lateral (
            select * from turn t where t.owner = :owner and t.thread_id = line.thread_id
              and t.position between line.lowest and line.highest
            order by t.position desc limit line.wanted) t
        """;

    /** From the nearest turn on that stands for all before it. */
    @Query(LINE + CUT + LINE_ABOVE + CUT + WHILE_WANTED + COLUMNS + OF_LINE + WITH_SPEC + """
        window newest_first as (partition by line.distance order by t.position desc)
        order by line.distance, t.position desc
        """)
    List<TurnRow> lineage(String owner, String id, int count);

    /** Their ids alone, also those before what stands for them. */
    @Query(LINE
            + UNCUT
            + LINE_ABOVE
            + UNCUT
            + WHILE_WANTED
            + "select t.id "
            + OF_LINE
            + "order by line.distance, t.position desc")
    List<String> wholeLineage(String owner, String id, int count);

    @Query(SELECT + "where t.owner = :owner and t.id = any(:ids) " + IN_ANY_ORDER
            + "order by t.thread_id, t.position desc")
    List<TurnRow> all(String owner, @TypeDef(type = DataType.STRING_ARRAY) String[] ids);

    /** The turns that were given an item of this id, which does not lead to them. */
    @Query("select turn_id from turn_item where owner = :owner and item_id = :itemId")
    List<String> given(String owner, String itemId);

    /** The turns that are named, and for each of the items one turn that was given it. */
    @Query(SELECT + """
        where t.owner = :owner and t.id = any(cast(:ids as text[]) || array(
            select distinct on (item_id) turn_id from turn_item
            where owner = :owner and item_id = any(:itemIds) order by item_id))
        """ + IN_ANY_ORDER + "order by t.thread_id, t.position desc")
    List<TurnRow> holding(
            String owner,
            @TypeDef(type = DataType.STRING_ARRAY) String[] ids,
            @TypeDef(type = DataType.STRING_ARRAY) String[] itemIds);

    /**
     * Of every owner: the one query that looks across them, for a process that tidies up after another. A process that was
     * silent itself for too long leaves the others the same time to be heard again before it judges them.
     */
    @Query("""
        select t.id, t.owner, t.revision, t.started_at from turn t
        where t.state = 'running' and not t.background and case
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
