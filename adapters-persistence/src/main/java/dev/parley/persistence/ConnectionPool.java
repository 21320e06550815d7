package dev.parley.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** How the connections to the database are kept. */
final class ConnectionPool {

    /** A connection whose other end has vanished without a word is given up after this; no statement of ours takes as long. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    /** Enough for most moments; each one more costs the start some milliseconds. */
    private static final int KEPT_WHEN_IDLE = 4;

    private ConnectionPool() {}

    /** Opens the first connection before it returns. */
    static HikariDataSource open(DatabaseAddress address, DatabaseConfiguration configuration) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("parley");
        pool.setJdbcUrl(address.jdbcUrl());
        address.user().ifPresent(pool::setUsername);
        address.password().ifPresent(pool::setPassword);
        pool.setMaximumPoolSize(configuration.poolSize());
        pool.setMinimumIdle(Math.min(KEPT_WHEN_IDLE, configuration.poolSize()));
        pool.setConnectionTimeout(configuration.connectionTimeout().toMillis());
        pool.addDataSourceProperty("ApplicationName", "parley");
        // spares each new connection a round trip
        pool.addDataSourceProperty("assumeMinServerVersion", "15");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty(
                "connectTimeout",
                Long.toString(Math.max(1, configuration.connectionTimeout().toSeconds())));
        pool.addDataSourceProperty("socketTimeout", Long.toString(LONGEST_SILENCE.toSeconds()));
        // what the server says in detail quotes rows, and so what users wrote
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        address.parameters().forEach(pool::addDataSourceProperty);
        return new HikariDataSource(pool);
    }
}
