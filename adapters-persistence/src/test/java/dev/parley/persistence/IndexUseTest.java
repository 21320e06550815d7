package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.annotation.Query;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No query reads a whole table, and one that wants a part of a list reads that part alone, in an index's order. */
final class IndexUseTest {

    private static final PersistenceProcess PROCESS = PersistenceProcess.onFreshDatabase();

    /** They sort what they have found: the running turns that nobody drives, and the turns of a line, which are no more. */
    private static final Set<String> SORTING =
            Set.of("TurnRows.abandoned", "TurnRows.lineage", "TurnRows.wholeLineage");

    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("owner", "'o'"),
            Map.entry("agentId", "'a-7'"),
            Map.entry("sessionId", "'s-7'"),
            Map.entry("id", "'t-7'"),
            Map.entry("ids", "array['t-7', 't-8']"),
            Map.entry("driven", "array['t-7']"),
            Map.entry("requestKey", "'k-7'"),
            Map.entry("replica", "'r'"),
            Map.entry("start", "0"),
            Map.entry("count", "20"),
            Map.entry("before", "1"),
            Map.entry("state", "'running'"),
            Map.entry("stepPosition", "1"),
            Map.entry("schemaVersion", "1"),
            Map.entry("deadAfterSeconds", "10.0"),
            Map.entry("conversationId", "'v-7'"),
            Map.entry("previousId", "'t-7'"),
            Map.entry("turnId", "'t-7'"),
            Map.entry("itemId", "'i-7'"),
            Map.entry("itemIds", "array['i-7', 'i-8']"),
            Map.entry("items", "array['{}', '{}']"),
            Map.entry("brought", "array['i-7', 'i-8']"),
            Map.entry("itemsCompact", "array[false, true]"),
            Map.entry("compacts", "false"),
            Map.entry("background", "false"),
            Map.entry("revision", "1"),
            Map.entry("after", "'7'"),
            Map.entry("upTo", "20"),
            Map.entry("beforePlace", "20"),
            Map.entry("at", "now()"),
            Map.entry("now", "now()"),
            Map.entry("most", "20"),
            Map.entry("begunBefore", "now()"),
            Map.entry("storeId", "'v-7'"),
            Map.entry("lower", "'v-7'"),
            Map.entry("upper", "'v-9'"),
            Map.entry("purpose", "''"),
            Map.entry("files", "'[{\"id\":\"f\"}]'"),
            Map.entry("attributes", "'{}'"),
            Map.entry("metadata", "'{}'"),
            Map.entry("batchId", "null"),
            Map.entry("fence", "7"),
            Map.entry("seconds", "1.0"),
            Map.entry("name", "'n'"),
            Map.entry("dimension", "3"),
            Map.entry("createdAt", "cast(null as timestamptz)"),
            Map.entry("expiresDays", "1"));

    @BeforeAll
    static void fill() {
        PROCESS.execute("""
            insert into agent select 'o', 'a-' || n, now() + n * interval '1 s', 1, '{}' from generate_series(1, 2000) n;
            insert into session select 'o', 's-' || n, 'a-' || n % 40 + 1, '', now() + n * interval '1 s'
                from generate_series(1, 2000) n;
            insert into thread (owner, id, session_id) select 'o', 's-' || n, 's-' || n from generate_series(1, 2000) n;
            insert into thread (owner, id, parent_thread, parent_position)
                select 'o', 'c-' || n, 's-' || n % 40 + 1, n from generate_series(1, 2000) n;
            insert into thread_spec select 'o', 's-' || n, 'p', 1, '{}' from generate_series(1, 2000) n;
            insert into turn (owner, id, thread_id, session_id, position, state, revision, request_key, started_at, rested_at,
                              spec_id, schema_version, body, outcome_version, outcome)
                select 'o', (case when n % 2 = 0 then 't-' else 'r-' end) || n,
                       (case when n % 2 = 0 then 's-' else 'c-' end) || n % 40 + 1,
                       case when n % 2 = 0 then 's-' || n % 40 + 1 end, n, 'completed', 1, 'k-' || n, now(), now(), 'p', 1, '{}',
                       1, '{}'
                from generate_series(1, 16000) n;
            insert into turn_item select 'o', 't-' || n, 'i-' || n from generate_series(2, 16000, 2) n;
            insert into turn_event select 'o', 't-' || n, p, p, 1, '[]'
                from generate_series(2, 400, 2) n, generate_series(1, 100) p;
            insert into conversation select 'o', 'v-' || n, now(), '{}', 100 from generate_series(1, 2000) n;
            insert into conversation_item
                select 'o', 'v-' || n, p, 'i-' || n || '-' || p, 't-' || n, 1, '{}'
                from generate_series(1, 200) n, generate_series(1, 100) p;
            insert into turn_step select 'o', 't-' || n, s, 1, '{}'
                from generate_series(2, 16000, 2) n, generate_series(0, 1) s;
            insert into tool_group select case when n % 40 = 0 then 'o' else 'p' end, 't-' || n, 1, '{}'
                from generate_series(1, 2000) n;
            insert into vector_store
                select 'o', 'v-' || n, '', 'm', 3, 800, 400, 'english', '{}', now() + n * interval '1 s', now()
                from generate_series(1, 2000) n;
            insert into store_file (owner, store_id, id, file_id, filename, status, attributes, chunk_tokens, overlap_tokens,
                                    created_at, batch_id)
                select 'o', 'v-' || n % 40 + 1, 'v-' || n, 't-' || n, '', 'completed', '{}', 800, 400,
                       now() + n * interval '1 s', 'b-' || n % 400
                from generate_series(1, 16000) n;
            insert into uploaded_file select 'o', 'v-' || n, '', 'assistants', 1, null, now() + n * interval '1 s', null
                from generate_series(1, 4000) n;
            analyze
            """);
    }

    @AfterAll
    static void end() {
        PROCESS.close();
    }

    @ParameterizedTest
    @MethodSource
    void everyQueryFindsItsRowsByAnIndex(String name, String sql) throws SQLException {
        String plan = plan(sql);

        assertThat(plan)
                .as(name)
                .doesNotContainPattern("Seq Scan on"
                        + " (agent|session|thread|turn|conversation|tool_group|vector_store|store_file|uploaded_file)");
        if (sql.contains("limit") && !SORTING.contains(name)) {
            assertThat(plan).as(name).doesNotContain("Sort Key");
        }
    }

    static Stream<Object[]> everyQueryFindsItsRowsByAnIndex() {
        return Stream.of(
                        AgentRows.class,
                        SessionRows.class,
                        ThreadRows.class,
                        TurnRows.class,
                        JournalRows.class,
                        ConversationRows.class,
                        EventRows.class,
                        BackgroundRows.class,
                        ToolGroupRows.class,
                        VectorStoreRows.class,
                        StoreFileRows.class,
                        FileRows.class)
                .flatMap(repository -> Stream.of(repository.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Query.class))
                .map(method -> new Object[] {name(method), sql(method)});
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private static String sql(Method method) {
        return PARAMETER
                .matcher(method.getAnnotation(Query.class).value())
                .replaceAll(parameter -> VALUES.getOrDefault(parameter.group(1), "null"));
    }

    private static String plan(String sql) throws SQLException {
        try (Connection connection = PROCESS.database().connect();
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("explain " + sql)) {
            StringJoiner plan = new StringJoiner("\n");
            while (lines.next()) {
                plan.add(lines.getString(1));
            }
            return plan.toString();
        }
    }
}
