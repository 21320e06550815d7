package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.annotation.Query;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
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

    /** Sorts the running turns that nobody drives, of which there are few. */
    private static final String RECOVERY = "TurnRows.abandoned";

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
            Map.entry("deadAfterSeconds", "10.0"));

    @BeforeAll
    static void fill() {
        PROCESS.execute("""
            insert into agent select 'o', 'a-' || n, now() + n * interval '1 s', 1, '{}' from generate_series(1, 2000) n;
            insert into session select 'o', 's-' || n, 'a-' || n % 40 + 1, '', now() + n * interval '1 s'
                from generate_series(1, 2000) n;
            insert into turn_spec select 'o', 's-' || n, 'p', 1, '{}' from generate_series(1, 2000) n;
            insert into turn
                select 'o', 't-' || n, 's-' || n % 40 + 1, n, 'completed', 1, null, now(), now(), 'k-' || n, 'f', 'p', 1, '{}',
                       1, '{}'
                from generate_series(1, 8000) n;
            insert into turn_step select 'o', 't-' || n, s, 1, '{}' from generate_series(1, 8000) n, generate_series(0, 1) s;
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

        assertThat(plan).as(name).doesNotContainPattern("Seq Scan on (agent|session|turn)");
        if (sql.contains("limit") && !name.equals(RECOVERY)) {
            assertThat(plan).as(name).doesNotContain("Sort Key");
        }
    }

    static Stream<Object[]> everyQueryFindsItsRowsByAnIndex() {
        return Stream.of(AgentRows.class, SessionRows.class, TurnRows.class)
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
