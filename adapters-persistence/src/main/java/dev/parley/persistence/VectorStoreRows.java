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

/** The rows of table vector_store, each with what its documents add up to. */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface VectorStoreRows extends GenericRepository<VectorStoreRows.VectorStoreRow, String> {

    @MappedEntity("vector_store")
    record VectorStoreRow(
            @Id String id,
            String name,
            String embeddingModel,
            int dimension,
            int chunkTokens,
            int overlapTokens,
            String metadata,
            Instant createdAt,
            Instant lastActiveAt,
            @Nullable Integer expiresDays,
            long inProgress,
            long completed,
            long failed,
            long cancelled,
            long usageBytes) {}

    /** A part of a condition that is true, and of effect before the row is taken. */
    String LIMITED_WAIT = " and set_config('lock_timeout', '" + StoreLocks.ROW_WAIT + "', true) is not null ";

    String SELECT = """
        select s.id, s.name, s.embedding_model, s.dimension, s.chunk_tokens, s.overlap_tokens, s.metadata, s.created_at,
               s.last_active_at, s.expires_days, h.in_progress, h.completed, h.failed, h.cancelled, h.usage_bytes
        """;

    String HOLDINGS = """
         cross join lateral (
            select count(*) filter (where f.status = 'in_progress') as in_progress,
                   count(*) filter (where f.status = 'completed') as completed,
                   count(*) filter (where f.status = 'failed') as failed,
                   count(*) filter (where f.status = 'cancelled') as cancelled,
                   cast(coalesce(sum(f.usage_bytes), 0) as bigint) as usage_bytes
            from store_file f where f.owner = s.owner and f.store_id = s.id) h
        """;

    /** Nulls stand for the places before the first and behind the last. */
    String BETWEEN = """
        where s.owner = :owner
          and (s.created_at, s.id) > (
              coalesce((select l.created_at from vector_store l where l.owner = :owner and l.id = :lower), '-infinity'),
              coalesce(cast(:lower as text), ''))
          and (s.created_at, s.id) < (
              coalesce((select u.created_at from vector_store u where u.owner = :owner and u.id = :upper), 'infinity'),
              coalesce(cast(:upper as text), ''))
        """;

    /** Answers 0 when the id is taken. */
    @Query("""
        with added as (
            insert into vector_store (owner, id, name, embedding_model, dimension, chunk_tokens, overlap_tokens, language,
                                      metadata, created_at, last_active_at, expires_days)
            values (:owner, :id, :name, :embeddingModel, :dimension, :chunkTokens, :overlapTokens, :language,
                    cast(:metadata as jsonb), :createdAt, :lastActiveAt, :expiresDays)
            on conflict do nothing
            returning 1)
        select count(*) from added
        """)
    int insert(
            String owner,
            String id,
            String name,
            String embeddingModel,
            int dimension,
            int chunkTokens,
            int overlapTokens,
            String language,
            String metadata,
            Instant createdAt,
            Instant lastActiveAt,
            @Nullable Integer expiresDays);

    @Query(SELECT + "from vector_store s" + HOLDINGS + "where s.owner = :owner and s.id = :id")
    Optional<VectorStoreRow> find(String owner, String id);

    @Query("select exists (select 1 from vector_store where owner = :owner and id = :id)")
    boolean has(String owner, String id);

    @Query(SELECT + "from vector_store s" + HOLDINGS + BETWEEN + "order by s.created_at, s.id limit :count")
    List<VectorStoreRow> oldestFirst(String owner, @Nullable String lower, @Nullable String upper, int count);

    @Query(SELECT + "from vector_store s" + HOLDINGS + BETWEEN + "order by s.created_at desc, s.id desc limit :count")
    List<VectorStoreRow> newestFirst(String owner, @Nullable String lower, @Nullable String upper, int count);

    /**
     * Nulls stand for what stays.
     *
     * @param expiresAnew whether {@code expiresDays} counts; null is for never then
     */
    @Query("""
        update vector_store set
            name = coalesce(cast(:name as text), name),
            metadata = coalesce(cast(:metadata as jsonb), metadata),
            expires_days = case when :expiresAnew then cast(:expiresDays as integer) else expires_days end
        where owner = :owner and id = :id
        """ + LIMITED_WAIT)
    int describe(
            String owner,
            String id,
            @Nullable String name,
            @Nullable String metadata,
            boolean expiresAnew,
            @Nullable Integer expiresDays);

    /** Does not wait for whoever changes the store just now: no search is worth that, and the next one will be noted. */
    @Query("""
        update vector_store set last_active_at = :at where (owner, id) in (
            select owner, id from vector_store where owner = :owner and id = :id and last_active_at < :at
            for no key update skip locked)
        """)
    int touch(String owner, String id, Instant at);

    @Query("delete from vector_store where owner = :owner and id = :id" + LIMITED_WAIT)
    int delete(String owner, String id);

    /**
     * Empties stores that have expired and have something in them, but for those that somebody else changes just now, who may
     * have used them. A day is 24 hours, whatever the session's time zone. Answers how many.
     */
    @Query("""
        with expired as (
            select s.owner, s.id from vector_store s
            where s.expires_days is not null and s.last_active_at + make_interval(hours => 24 * s.expires_days) <= :now
              and exists (select 1 from store_file f where f.owner = s.owner and f.store_id = s.id)
            order by s.owner, s.id limit :most for update of s skip locked)
        , emptied as (
            update vector_store s set revision = nextval('library_revision') from expired
            where s.owner = expired.owner and s.id = expired.id
            returning s.owner, s.id)
        , documents as (
            delete from store_file f using emptied where f.owner = emptied.owner and f.store_id = emptied.id)
        , batches as (
            delete from store_batch b using emptied where b.owner = emptied.owner and b.store_id = emptied.id)
        select count(*) from emptied
        """)
    int emptyExpired(Instant now, int most);
}
