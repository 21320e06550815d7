package dev.parley.persistence;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.annotation.Factory;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** The one database, with our tables in place. */
@Factory
final class Database {

    private final HikariDataSource pool;

    /** @throws UnusableDatabase when it can't be reached or can't have our tables */
    Database(DatabaseConfiguration configuration) {
        DatabaseAddress address = configuration.address();
        Migrations.apply(address);
        pool = ConnectionPool.open(address, configuration);
    }

    /** Under the name that the repositories look for when they name none. */
    @Singleton
    @Named("default")
    DataSource dataSource() {
        return pool;
    }

    /** The same without what the framework puts around it, for whoever opens connections by himself. */
    HikariDataSource pool() {
        return pool;
    }

    @PreDestroy
    void close() {
        pool.close();
    }
}
