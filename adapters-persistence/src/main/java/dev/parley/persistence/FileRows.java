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

/** The rows of table uploaded_file; see {@link FilePieces} for their contents. */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface FileRows extends GenericRepository<FileRows.FileRow, String> {

    @MappedEntity("uploaded_file")
    record FileRow(
            @Id String id,
            String filename,
            String purpose,
            long bytes,
            @Nullable String mediaType,
            Instant createdAt,
            @Nullable Instant expiresAt) {}

    String SELECT = """
        select f.id, f.filename, f.purpose, f.bytes, f.media_type, f.created_at, f.expires_at from uploaded_file f
        """;

    /** Nulls stand for the places before the first and behind the last; a blank purpose for any. */
    String BETWEEN = """
        where f.owner = :owner
          and (f.created_at, f.id) > (
              coalesce((select l.created_at from uploaded_file l where l.owner = :owner and l.id = :lower), '-infinity'),
              coalesce(cast(:lower as text), ''))
          and (f.created_at, f.id) < (
              coalesce((select u.created_at from uploaded_file u where u.owner = :owner and u.id = :upper), 'infinity'),
              coalesce(cast(:upper as text), ''))
          and (cast(:purpose as text) = '' or f.purpose = :purpose)
        """;

    @Query(SELECT + "where f.owner = :owner and f.id = :id")
    Optional<FileRow> find(String owner, String id);

    @Query("select exists (select 1 from uploaded_file where owner = :owner and id = :id)")
    boolean has(String owner, String id);

    @Query(SELECT + BETWEEN + "order by f.created_at, f.id limit :count")
    List<FileRow> oldestFirst(String owner, String purpose, @Nullable String lower, @Nullable String upper, int count);

    @Query(SELECT + BETWEEN + "order by f.created_at desc, f.id desc limit :count")
    List<FileRow> newestFirst(String owner, String purpose, @Nullable String lower, @Nullable String upper, int count);

    /** Takes it out of the stores, too, the rows of which are taken in one order by everybody. Answers 0 when there is none. */
    @Query("""
        with held as (
            select s.owner, s.id from vector_store s
            where s.owner = :owner and s.id in (
                select d.store_id from store_file d where d.owner = :owner and d.file_id = :id)
            order by s.id for update)
        , stores as (
            update vector_store s set revision = nextval('library_revision') from held
            where s.owner = held.owner and s.id = held.id
            returning s.owner, s.id)
        , documents as (
            delete from store_file d using stores where d.owner = stores.owner and d.store_id = stores.id and d.file_id = :id)
        , deleted as (delete from uploaded_file where owner = :owner and id = :id returning 1)
        select count(*) from deleted
        """)
    int delete(String owner, String id);

    @MappedEntity("uploaded_file")
    record ExpiredRow(@Id String id, String owner) {}

    /** The ids of files of any owner, those first that expired first. */
    @Query("select id, owner from uploaded_file where expires_at <= :now order by expires_at limit :most")
    List<ExpiredRow> expired(Instant now, int most);
}
