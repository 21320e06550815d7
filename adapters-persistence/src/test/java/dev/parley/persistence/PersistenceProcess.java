package dev.parley.persistence;

import dev.parley.application.port.Agents;
import dev.parley.application.port.Replicas;
import dev.parley.application.port.Sessions;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;
import dev.parley.application.testing.Store;
import dev.parley.persistence.testing.TestPostgres;
import dev.parley.persistence.testing.TestPostgres.Database;
import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.Map;

/** This module as a process has it, without a server in front. */
final class PersistenceProcess implements AutoCloseable {

    private final ApplicationContext context;
    private final Database database;

    private PersistenceProcess(ApplicationContext context, Database database) {
        this.context = context;
        this.database = database;
    }

    static PersistenceProcess onFreshDatabase() {
        return on(TestPostgres.freshDatabase(), Map.of());
    }

    static PersistenceProcess on(Database database, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("datasources.default.dialect", "POSTGRES");
        all.put("parley.database.url", database.jdbcUrl());
        all.put("parley.database.user", database.username());
        all.put("parley.database.password", database.password());
        ApplicationContext context = ApplicationContext.builder()
                .properties(all)
                .packages("dev.parley.persistence")
                .deduceEnvironment(false)
                .banner(false)
                .start();
        return new PersistenceProcess(context, database);
    }

    Store store() {
        return new Store(
                bean(Agents.class),
                bean(Sessions.class),
                bean(Turns.class),
                bean(TurnJournal.class),
                bean(Replicas.class));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        context.close();
    }
}
