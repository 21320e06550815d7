package dev.parley.bootstrap.golden;

import static java.util.Objects.requireNonNull;

import dev.parley.bootstrap.RunningServer;
import dev.parley.persistence.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The server, the models behind it and the database under it, once for all tests. */
final class Stage implements AutoCloseable {

    /** A model at a provider that the server gives up on soon. */
    static final String STALLING_MODEL = "stalling";

    /** A model at a provider that takes reasoning back. */
    static final String THINKING_MODEL = "thinking";

    /** A model at a provider whose engine enforces schemas. */
    static final String ENFORCING_MODEL = "enforcing";

    private final TestPostgres.Database database = TestPostgres.freshDatabase();
    private final PlayedModels models = new PlayedModels();
    private final Map<String, String> more;
    private RunningServer server;

    /** Of the test's own, beside the server's. */
    private final Connection counting = connect(database);

    private @Nullable RunningServer impatient;

    Stage() {
        this(Map.of());
    }

    /** @param more settings than those that tell it of its models */
    Stage(Map<String, String> more) {
        this.more = Map.copyOf(more);
        server = start(Map.of());
    }

    PlayedModels models() {
        return models;
    }

    synchronized Http http() {
        return new Http(server.uri());
    }

    /** Stops the server in order, and starts another one on the same database. */
    synchronized void restart() {
        server.close();
        server = start(Map.of());
    }

    /** A second server on the same database, for which everything takes too long. */
    synchronized Http impatient() {
        if (impatient == null) {
            impatient = start(Map.of("parley.http.stream.heartbeat", "50ms", "parley.turns.busy-wait", "2s"));
        }
        return new Http(impatient.uri());
    }

    /** Blocks until the impatient server has let a request for a turn in, which then runs or waits for its session. */
    synchronized void awaitRequestAtTheImpatient() {
        requireNonNull(impatient, "impatient").awaitTurn();
    }

    /**
     * How many rows each table has, but for those in which processes are noted and runs wait, and the events of turns: no
     * turn has any without a row of its own, and a turn of another test may still write its last ones.
     */
    SortedMap<String, Long> rows() {
        try (Statement statement = counting.createStatement();
                ResultSet table = statement.executeQuery("""
                    select tablename,
                           (xpath('/row/n/text()', query_to_xml('select count(*) n from ' || tablename, false, true, '')))[1]::text
                    from pg_tables
                    where schemaname = current_schema and tablename not in
                        ('replica', 'background_run', 'turn_event', 'flyway_schema_history')
                    """)) {
            SortedMap<String, Long> rows = new TreeMap<>();
            while (table.next()) {
                rows.put(table.getString(1), table.getLong(2));
            }
            return rows;
        } catch (SQLException failure) {
            throw new AssertionError("the rows can't be counted", failure);
        }
    }

    @Override
    public synchronized void close() {
        if (impatient != null) {
            impatient.close();
        }
        server.close();
        models.close();
        try {
            counting.close();
        } catch (SQLException failure) {
            throw new AssertionError("the connection can't be closed", failure);
        }
    }

    private static Connection connect(TestPostgres.Database database) {
        try {
            return database.connect();
        } catch (SQLException failure) {
            throw new AssertionError("the database can't be reached", failure);
        }
    }

    private RunningServer start(Map<String, String> alone) {
        Map<String, String> settings = new HashMap<>(more);
        String provider = "parley.inference.providers.";
        settings.put(provider + "engine.base-url", models.baseUrl());
        settings.put(provider + "engine.max-retries", "0");
        settings.put(provider + "slow-engine.base-url", models.baseUrl());
        settings.put(provider + "slow-engine.max-retries", "0");
        settings.put(provider + "slow-engine.first-token-timeout", "1s");
        settings.put(provider + "slow-engine.idle-timeout", "1s");
        settings.put(provider + "thinking-engine.base-url", models.baseUrl());
        settings.put(provider + "thinking-engine.reasoning-field", "reasoning");
        settings.put(provider + "enforcing-engine.base-url", models.baseUrl());
        settings.put(provider + "enforcing-engine.profile", "vllm");
        settings.put("parley.inference.default-provider", "engine");
        settings.put("parley.inference.models." + ENFORCING_MODEL + ".provider", "enforcing-engine");
        settings.put("parley.inference.models." + THINKING_MODEL + ".provider", "thinking-engine");
        settings.put("parley.inference.models." + STALLING_MODEL + ".provider", "slow-engine");
        settings.putAll(alone);
        return RunningServer.startWithStandIns(database, settings);
    }
}
