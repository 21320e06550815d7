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
 * that must not be there, all of it must hold. Of the others a chunk with more of the words is better than one with more of one
 * word, which is how ts_rank has it, and ts_rank_cd has not.
 */
@Singleton
@RefusedInOutage
class KeywordSearch {

    /** Longer chunks have more words by chance (1); the rank becomes a part of 1 (32). */
    private static final int NORMALIZATION = 1 | 32;

    private static final int LONGEST_QUERY = 10_000;

    private static final String SEARCH = """
        with query as materialized (
            select strict, case when cast(strict as text) ~ '!|<' then strict
                                else cast(replace(cast(strict as text), ' & ', ' | ') as tsquery) end as loose
            from (select websearch_to_tsquery(cast(language as regconfig), ?) as strict
                  from vector_store where owner = ? and id = ?) asked)
        select %s,
               case when c.words @@ (select strict from query) then 0.5 else 0 end
               + 0.5 * ts_rank(c.words, (select loose from query), %d) as score
        from store_chunk c %s
        where c.owner = ? and c.store_id = ? and c.words @@ (select loose from query) and %%s
        order by score desc, c.document_id, c.position limit ?
        """.formatted(ChunkRows.HIT_COLUMNS, NORMALIZATION, ChunkRows.OF_DOCUMENT);

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
                select.setString(4, owner);
                select.setString(5, id);
                int next = filter.set(select, 6);
                select.setInt(next, choice.limit());
                return ChunkRows.hits(store, select);
            }
        });
    }
}
