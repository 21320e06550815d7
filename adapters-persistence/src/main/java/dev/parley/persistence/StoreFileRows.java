package dev.parley.persistence;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows of tables store_file and store_batch. Whoever changes what a store has takes the store's row first, so that nobody
 * waits for another who waits for him.
 */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface StoreFileRows extends GenericRepository<StoreFileRows.StoreFileRow, String> {

    @MappedEntity("store_file")
    record StoreFileRow(
            String owner,
            String storeId,
            @Id String id,
            @Nullable String fileId,
            String filename,
            String status,
            @Nullable String errorCode,
            @Nullable String errorMessage,
            String attributes,
            long usageBytes,
            int chunkTokens,
            int overlapTokens,
            Instant createdAt,
            @Nullable String batchId,
            int attempt,
            long fence) {}

    @MappedEntity("store_batch")
    record BatchRow(
            @Id String id,
            Instant createdAt,
            boolean cancelled,
            long inProgress,
            long completed,
            long failed,
            long cancelledFiles) {}

    String COLUMNS = """
        f.owner, f.store_id, f.id, f.file_id, f.filename, f.status, f.error_code, f.error_message, f.attributes, f.usage_bytes,
        f.chunk_tokens, f.overlap_tokens, f.created_at, f.batch_id, f.attempt, f.fence
        """;

    /** What is in the condition limits how long the row is waited for. */
    String STORE_TAKEN = """
        with store as (
            update vector_store set revision = nextval('library_revision') where owner = :owner and id = :storeId
        """ + VectorStoreRows.LIMITED_WAIT + """
            returning owner, id)
        """;

    /** Nulls stand for the places before the first and behind the last, and for any status and batch. */
    String BETWEEN = """
        where f.owner = :owner and f.store_id = :storeId
          and (f.created_at, f.id) > (
              coalesce((select l.created_at from store_file l
                        where l.owner = :owner and l.store_id = :storeId and l.id = :lower), '-infinity'),
              coalesce(cast(:lower as text), ''))
          and (f.created_at, f.id) < (
              coalesce((select u.created_at from store_file u
                        where u.owner = :owner and u.store_id = :storeId and u.id = :upper), 'infinity'),
              coalesce(cast(:upper as text), ''))
          and (cast(:status as text) is null or f.status = :status)
          and (cast(:batchId as text) is null or f.batch_id = :batchId)
        """;

    String CLAIMED = """
        where owner = :owner and store_id = :storeId and id = :id and fence = :fence and status = 'in_progress'
        """;

    /**
     * Answers 0 when there is no such store.
     *
     * @param files an array of objects with the columns that are named below
     */
    @Query(STORE_TAKEN + """
        , batch as (
            insert into store_batch (owner, store_id, id, created_at)
            select owner, id, :batchId, :createdAt from store where cast(:batchId as text) is not null)
        , begun as (
            insert into store_file (owner, store_id, id, file_id, filename, status, attributes, chunk_tokens, overlap_tokens,
                                    created_at, batch_id)
            select s.owner, s.id, d.id, d.file_id, d.filename, 'in_progress', d.attributes, d.chunk_tokens, d.overlap_tokens,
                   d.created_at, d.batch_id
            from store s cross join jsonb_to_recordset(cast(:files as jsonb)) as d (
                id text, file_id text, filename text, attributes jsonb, chunk_tokens integer, overlap_tokens integer,
                created_at timestamptz, batch_id text)
            on conflict (owner, store_id, id) do update set
                file_id = excluded.file_id, filename = excluded.filename, status = 'in_progress', error_code = null,
                error_message = null, attributes = excluded.attributes, chunk_tokens = excluded.chunk_tokens,
                overlap_tokens = excluded.overlap_tokens, created_at = excluded.created_at, batch_id = excluded.batch_id,
                attempt = 0, fence = excluded.fence, lease_until = null)
        select count(*) from store
        """)
    int begin(String owner, String storeId, String files, @Nullable String batchId, @Nullable Instant createdAt);

    @Query("select " + COLUMNS + " from store_file f where f.owner = :owner and f.store_id = :storeId and f.id = :id")
    Optional<StoreFileRow> find(String owner, String storeId, String id);

    @Query("""
        select exists (select 1 from store_file where owner = :owner and store_id = :storeId and id = :id)
        """)
    boolean has(String owner, String storeId, String id);

    @Query("select " + COLUMNS + " from store_file f " + BETWEEN + "order by f.created_at, f.id limit :count")
    List<StoreFileRow> oldestFirst(
            String owner,
            String storeId,
            @Nullable String status,
            @Nullable String batchId,
            @Nullable String lower,
            @Nullable String upper,
            int count);

    @Query("select " + COLUMNS + " from store_file f " + BETWEEN + "order by f.created_at desc, f.id desc limit :count")
    List<StoreFileRow> newestFirst(
            String owner,
            String storeId,
            @Nullable String status,
            @Nullable String batchId,
            @Nullable String lower,
            @Nullable String upper,
            int count);

    /** Answers 0 when there is no such document. */
    @Query(STORE_TAKEN + """
        , described as (
            update store_file f set attributes = cast(:attributes as jsonb) from store s
            where f.owner = s.owner and f.store_id = s.id and f.id = :id
            returning 1)
        select count(*) from described
        """)
    int describe(String owner, String storeId, String id, String attributes);

    /** Answers 0 when there is no such document. */
    @Query(STORE_TAKEN + """
        , removed as (
            delete from store_file f using store s where f.owner = s.owner and f.store_id = s.id and f.id = :id
            returning 1)
        select count(*) from removed
        """)
    int remove(String owner, String storeId, String id);

    /** Of any owner: whoever's it is, somebody must read it. */
    @Query("""
        with free as (
            select owner, store_id, id from store_file
            where status = 'in_progress' and (lease_until is null or lease_until <= clock_timestamp())
            order by created_at, id limit 1 for update skip locked)
        , claimed as (
            update store_file f
            set attempt = f.attempt + 1, fence = nextval('library_revision'),
                lease_until = clock_timestamp() + :seconds * interval '1 second'
            from free where f.owner = free.owner and f.store_id = free.store_id and f.id = free.id
            returning f.*)
        select
        """ + COLUMNS + " from claimed f")
    List<StoreFileRow> claim(double seconds);

    @Query("update store_file set lease_until = clock_timestamp() + :seconds * interval '1 second' " + CLAIMED)
    int renew(String owner, String storeId, String id, long fence, double seconds);

    @Query("""
        update store_file set attempt = attempt - 1,
            lease_until = clock_timestamp() + :seconds * interval '1 second'
        """ + CLAIMED)
    int giveBack(String owner, String storeId, String id, long fence, double seconds);

    @Query("""
        update store_file set status = 'failed', error_code = :errorCode, error_message = :errorMessage, lease_until = null
        """ + CLAIMED)
    int fail(String owner, String storeId, String id, long fence, String errorCode, String errorMessage);

    @Query("""
        select b.id, b.created_at, b.cancelled, h.in_progress, h.completed, h.failed, h.cancelled_files
        from store_batch b cross join lateral (
            select count(*) filter (where f.status = 'in_progress') as in_progress,
                   count(*) filter (where f.status = 'completed') as completed,
                   count(*) filter (where f.status = 'failed') as failed,
                   count(*) filter (where f.status = 'cancelled') as cancelled_files
            from store_file f where f.owner = b.owner and f.store_id = b.store_id and f.batch_id = b.id) h
        where b.owner = :owner and b.store_id = :storeId and b.id = :batchId
        """)
    Optional<BatchRow> findBatch(String owner, String storeId, String batchId);

    /** Answers 0 when there is no such batch. */
    @Query(STORE_TAKEN + """
        , batch as (
            update store_batch b set cancelled = true from store s
            where b.owner = s.owner and b.store_id = s.id and b.id = :batchId
            returning b.owner, b.store_id, b.id)
        , cancelled as (
            update store_file f set status = 'cancelled', lease_until = null from batch b
            where f.owner = b.owner and f.store_id = b.store_id and f.batch_id = b.id and f.status = 'in_progress')
        select count(*) from batch
        """)
    int cancelBatch(String owner, String storeId, String batchId);
}
