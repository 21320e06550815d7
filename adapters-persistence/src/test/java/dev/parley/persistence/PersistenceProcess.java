package dev.parley.persistence;

import dev.parley.application.port.Agents;
import dev.parley.application.port.ChunkIndex;
import dev.parley.application.port.Conversations;
import dev.parley.application.port.EventLog;
import dev.parley.application.port.Files;
import dev.parley.application.port.Items;
import dev.parley.application.port.Replicas;
import dev.parley.application.port.Sessions;
import dev.parley.application.port.StoreFiles;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;
import dev.parley.application.port.VectorStores;
import dev.parley.application.testing.Library;
import dev.parley.application.testing.Store;
import dev.parley.persistence.json.BodyCodec;
import dev.parley.persistence.testing.TestPostgres;
import dev.parley.persistence.testing.TestPostgres.Database;
import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** This module as a process has it, without a server in front. */
final class PersistenceProcess implements AutoCloseable {

    private final ApplicationContext context;
    private final Database database;

    private PersistenceProcess(ApplicationContext context, Database database) {
        this.context = context;
        this.database = database;
    }

    /** One for all tests that do not mind each other's rows; it ends with the JVM. */
    static PersistenceProcess shared() {
        return Shared.PROCESS;
    }

    static PersistenceProcess onFreshDatabase() {
        return on(TestPostgres.freshDatabase(), Map.of());
    }

    /** @param settings configuration keys beside the database's own, or in their place */
    static PersistenceProcess on(Database database, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("datasources.default.dialect", "POSTGRES");
        all.put("parley.database.url", database.jdbcUrl());
        all.put("parley.database.user", database.username());
        all.put("parley.database.password", database.password());
        all.put("parley.database.pool-size", 8);
        all.putAll(settings);
        ApplicationContext context = ApplicationContext.builder()
                .properties(all)
                .packages("dev.parley.persistence")
                .deduceEnvironment(false)
                .banner(false)
                .start();
        PersistenceProcess process = new PersistenceProcess(context, database);
        // which has the tables made
        process.bean(DataSource.class);
        return process;
    }

    Store store() {
        return new Store(
                bean(Agents.class),
                bean(Sessions.class),
                bean(Turns.class),
                bean(TurnJournal.class),
                bean(Replicas.class),
                bean(Conversations.class),
                bean(Items.class),
                bean(EventLog.class));
    }

    Library library() {
        return new Library(bean(VectorStores.class), bean(StoreFiles.class), bean(Files.class), bean(ChunkIndex.class));
    }

    /** The store as another process on the same database would see it. */
    Store storeOf(ThisReplica replica, ReplicaConfiguration configuration) {
        Store store = store();
        TurnRows turns = bean(TurnRows.class);
        TurnReader reader = bean(TurnReader.class);
        BodyCodec codec = bean(BodyCodec.class);
        return new Store(
                store.agents(),
                store.sessions(),
                store.turns(),
                new PostgresTurnJournal(bean(JournalRows.class), turns, reader, codec, replica),
                new PostgresReplicas(bean(ReplicaRows.class), turns, replica, configuration),
                store.conversations(),
                store.items(),
                new PostgresEventLog(bean(EventRows.class), codec, replica));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Database database() {
        return database;
    }

    /** Runs a statement beside the process. */
    void execute(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The one value that a query beside the process gives. */
    String ask(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class Shared {
        static final PersistenceProcess PROCESS = onFreshDatabase();
    }
}
