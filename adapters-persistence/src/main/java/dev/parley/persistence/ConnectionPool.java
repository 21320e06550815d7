package dev.parley.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.domain.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to the database. A request that gets none in time is refused, which is safe to tell: nothing of it has
 * reached the database.
 */
final class ConnectionPool extends HikariDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);

    /** A connection whose other end has vanished without a word is given up after this; no statement of ours takes as long. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private ConnectionPool(HikariConfig configuration) {
        super(configuration);
    }

    /** Opens the first connection before it returns. */
    static ConnectionPool open(DatabaseAddress address, DatabaseConfiguration configuration) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("parley");
        pool.setJdbcUrl(address.jdbcUrl());
        address.user().ifPresent(pool::setUsername);
        address.password().ifPresent(pool::setPassword);
        pool.setMaximumPoolSize(configuration.poolSize());
        pool.setConnectionTimeout(configuration.connectionTimeout().toMillis());
        pool.addDataSourceProperty("ApplicationName", "parley");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty(
                "connectTimeout",
                Long.toString(Math.max(1, configuration.connectionTimeout().toSeconds())));
        pool.addDataSourceProperty("socketTimeout", Long.toString(LONGEST_SILENCE.toSeconds()));
        // what the server says in detail quotes rows, and so what users wrote
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        address.parameters().forEach(pool::addDataSourceProperty);
        return new ConnectionPool(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return super.getConnection();
        } catch (SQLTransientConnectionException none) {
            LOG.warn("No connection to the database: {} {}", none.getMessage(), reason(none));
            throw Refusal.of(
                    Refusal.Code.UNAVAILABLE,
                    "The server can't reach its database just now, so nothing was begun; repeat the request soon");
        }
    }

    private static String reason(SQLException none) {
        Throwable cause = none.getCause();
        return cause == null ? "" : String.valueOf(cause.getMessage());
    }
}
