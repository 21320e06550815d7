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
import java.util.Optional;

/**
 * The rows of tables conversation and conversation_item. Who adds items first moves the conversation's count, and so waits for
 * whoever else adds some.
 */
@RefusedInOutage
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ConversationRows extends GenericRepository<ConversationRows.ConversationRow, String> {

    @MappedEntity("conversation")
    record ConversationRow(@Id String id, Instant createdAt, String metadata) {}

    @MappedEntity("conversation_item")
    record ItemRow(@Id String itemId, int schemaVersion, String body) {}

    String ADDED = """
        , added as (
        insert into conversation_item (owner, conversation_id, position, item_id, schema_version, body, compacts)
        select grown.owner, grown.id, grown.last_position - cardinality(cast(:itemIds as text[])) + item.place, item.id,
               :schemaVersion, cast(item.body as jsonb), item.compacts
        from grown cross join
             unnest(cast(:itemIds as text[]), cast(:items as text[]), cast(:itemsCompact as boolean[]))
             with ordinality as item (id, body, compacts, place))
        select count(*) from grown
        """;

    String ITEMS = "select item_id, schema_version, body from conversation_item ";

    /** Where what a turn has added begins; behind all when it has added nothing, or no turn is named. */
    String BOUND = """
        coalesce((select min(position) from conversation_item
                  where owner = :owner and turn_id = :turnId and conversation_id = :id), 9223372036854775807)
        """;

    @Query("""
        with grown as (
            insert into conversation (owner, id, created_at, metadata, last_position)
            values (:owner, :id, :createdAt, cast(:metadata as jsonb), cardinality(cast(:itemIds as text[])))
            returning owner, id, last_position)
        """ + ADDED)
    int insert(
            String owner,
            String id,
            Instant createdAt,
            String metadata,
            int schemaVersion,
            @TypeDef(type = DataType.STRING_ARRAY) String[] itemIds,
            @TypeDef(type = DataType.STRING_ARRAY) String[] items,
            @TypeDef(type = DataType.BOOLEAN_ARRAY) Boolean[] itemsCompact);

    /** Answers 0 when there is no such conversation. */
    @Query("""
        with grown as (
            update conversation set last_position = last_position + cardinality(cast(:itemIds as text[]))
            where owner = :owner and id = :id
            returning owner, id, last_position)
        """ + ADDED)
    int append(
            String owner,
            String id,
            int schemaVersion,
            @TypeDef(type = DataType.STRING_ARRAY) String[] itemIds,
            @TypeDef(type = DataType.STRING_ARRAY) String[] items,
            @TypeDef(type = DataType.BOOLEAN_ARRAY) Boolean[] itemsCompact);

    @Query("select id, created_at, metadata from conversation where owner = :owner and id = :id")
    Optional<ConversationRow> find(String owner, String id);

    @Query("""
        with described as (
            update conversation set metadata = cast(:metadata as jsonb) where owner = :owner and id = :id
            returning id, created_at, metadata)
        select id, created_at, metadata from described
        """)
    List<ConversationRow> describe(String owner, String id, String metadata);

    @Query("delete from conversation where owner = :owner and id = :id")
    int delete(String owner, String id);

    /** Whether there is the conversation and, if one is named, the item in it, before what the turn has added. */
    @Query("""
        select exists (
            select 1 from conversation c where c.owner = :owner and c.id = :id
              and (cast(:itemId as text) is null or exists (
                  select 1 from conversation_item i
                  where i.owner = :owner and i.item_id = :itemId and i.conversation_id = :id and i.position <
        """ + BOUND + ")))")
    boolean has(String owner, String id, @Nullable String turnId, @Nullable String itemId);

    /** Of what is before a turn's own items, that from the last one on that stands for all before it. */
    @Query(ITEMS + """
        where owner = :owner and conversation_id = :id and position <
        """ + BOUND + """
          and position >= coalesce(
              (select max(position) from conversation_item
               where owner = :owner and conversation_id = :id and compacts and position <
        """ + BOUND + "), 0) order by position desc limit :count")
    List<ItemRow> nearest(String owner, String id, @Nullable String turnId, int count);

    /** Of an id that is there twice, the one that the direction comes to first. */
    @Query(ITEMS + """
        where owner = :owner and conversation_id = :id and position > case when cast(:after as text) is null then 0 else
            (select min(position) from conversation_item
             where owner = :owner and item_id = :after and conversation_id = :id) end
          and position <
        """ + BOUND + "order by position limit :count")
    List<ItemRow> oldestFirst(String owner, String id, @Nullable String turnId, @Nullable String after, int count);

    @Query(ITEMS + """
        where owner = :owner and conversation_id = :id and position <
        """ + BOUND + """
          and position < case when cast(:after as text) is null
            then 9223372036854775807 else
            (select max(position) from conversation_item
             where owner = :owner and item_id = :after and conversation_id = :id and position <
        """ + BOUND + ") end order by position desc limit :count")
    List<ItemRow> newestFirst(String owner, String id, @Nullable String turnId, @Nullable String after, int count);

    @Query(ITEMS + """
        where owner = :owner and item_id = :itemId and conversation_id = :id order by position limit 1
        """)
    Optional<ItemRow> item(String owner, String id, String itemId);

    @Query("delete from conversation_item where owner = :owner and item_id = :itemId and conversation_id = :id")
    int remove(String owner, String id, String itemId);

    /** Wherever they are. */
    @Query(ITEMS + "where owner = :owner and item_id = any(:itemIds)")
    List<ItemRow> items(String owner, @TypeDef(type = DataType.STRING_ARRAY) String[] itemIds);
}
