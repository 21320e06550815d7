package dev.parley.persistence;

import dev.parley.application.port.ChunkIndex.Choice;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.VectorStoreId;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.util.List;

/**
 * Finds chunks by PostgreSQL's full text search. A question in plain words has some that no chunk has, so a chunk needs only
 * one of them; those with all of them get more than a half as their score, the others less. Where the query has phrases or words
 * that must not be there, all of it must hold. Of the others a chunk is the better the more of the query it has, where a word
 * counts as much as it is rare in the store: PostgreSQL's own ranks take all words for alike, and order by those that are
 * everywhere. Its ts_rank decides between chunks that have the same words.
 */
@Singleton
@RefusedInOutage
class KeywordSearch {

    /** Longer chunks have more words by chance (1); the rank becomes a part of 1 (32). */
    private static final int NORMALIZATION = 1 | 32;

    private static final int LONGEST_QUERY = 10_000;

    private static final int FIRST_OF_FILTER = 11;

    /** Of a longer query, the words that are likely to be rare: each one is counted, and looked for in each chunk. */
    private static final int MOST_WORDS = 64;

    private static final String SEARCH =
            """
            with query as materialized (
                select tongue, strict,
                       case when cast(strict as text) ~ '!|<' then strict
                            else cast(replace(cast(strict as text), ' & ', ' | ') as tsquery) end as loose
                from (select cast(language as regconfig) as tongue, websearch_to_tsquery(cast(language as regconfig), ?) as strict
                      from vector_store where owner = ? and id = ?) asked)
            , word as materialized (
                select cast(cast(array_to_tsvector(array[lexeme]) as text) as tsquery) as alone
                from query, unnest(to_tsvector(tongue, ?)) order by length(lexeme) desc limit %1$d)
            , weighed as materialized (
                select alone, weight / sum(weight) over () as share
                from (select alone,
                             ln(1 + (select coalesce(sum(f.chunk_count), 0) + 1 from store_file f
                                     where f.owner = ? and f.store_id = ?)
                                    / (0.5 + cast((select count(*) from store_chunk o
                                                   where o.owner = ? and o.store_id = ? and o.words @@ alone) as float8)))
                                 as weight
                      from word) rare)
            select %2$s,
                   case when c.words @@ (select strict from query) then 0.5 else 0 end
                   + 0.45 * (select coalesce(sum(share), 0) from weighed where c.words @@ alone)
                   + 0.05 * ts_rank(c.words, (select loose from query), %3$d) as score
            from store_chunk c %4$s
            where c.owner = ? and c.store_id = ? and c.words @@ (select loose from query) and %%s
            order by score desc, c.document_id, c.position limit ?
            """.formatted(MOST_WORDS, ChunkRows.HIT_COLUMNS, NORMALIZATION, ChunkRows.OF_DOCUMENT);

    private final Database database;

    KeywordSearch(Database database) {
        this.database = database;
    }

    List<Hit> search(String owner, VectorStoreId store, String query, Choice choice) {
        FilterSql filter = FilterSql.of(choice.filter());
        String id = StorableTexts.of(store.value());
        String words = StorableTexts.of(query.length() > LONGEST_QUERY ? query.substring(0, LONGEST_QUERY) : query);
        return Transactions.run(database, connection -> {
            try (PreparedStatement select = connection.prepareStatement(SEARCH.formatted(filter.sql()))) {
                select.setString(1, words);
                select.setString(2, owner);
                select.setString(3, id);
                select.setString(4, words);
                for (int place = 5; place < FIRST_OF_FILTER; place += 2) {
                    select.setString(place, owner);
                    select.setString(place + 1, id);
                }
                int next = filter.set(select, FIRST_OF_FILTER);
                select.setInt(next, choice.limit());
                return ChunkRows.hits(store, select);
            }
        });
    }
}
