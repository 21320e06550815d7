package dev.parley.persistence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.util.PSQLState;

/** Brings the tables of a database up to date; of several processes that start at once, one does it. */
final class Migrations {

    /**
     * The newest migration and the checksum that Flyway gives its file. A database that has just this one needs no Flyway,
     * whose loading alone takes a tenth of the time that a start may take. A test tells what to write here.
     */
    static final String NEWEST = "6";

    static final int NEWEST_CHECKSUM = 2093361360;

    private static final String DRIVER_PARAMETER = "flyway.jdbcProperties.";

    private Migrations() {}

    /** @throws UnusableDatabase when that can't be done */
    static void apply(DatabaseAddress address) {
        try {
            if (!isUpToDate(address)) {
                migrate(address);
            }
        } catch (SQLException | FlywayException failed) {
            throw new UnusableDatabase(address, failed);
        }
    }

    private static boolean isUpToDate(DatabaseAddress address) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), address.forDriver());
                Statement statement = connection.createStatement();
                ResultSet newest = statement.executeQuery("""
                    select 1 from flyway_schema_history where version = '%s' and checksum = %d and success
                    """.formatted(NEWEST, NEWEST_CHECKSUM))) {
            return newest.next();
        } catch (SQLException failed) {
            if (PSQLState.UNDEFINED_TABLE.getState().equals(failed.getSQLState())) {
                return false;
            }
            throw failed;
        }
    }

    private static void migrate(DatabaseAddress address) {
        Map<String, String> parameters = new HashMap<>();
        address.parameters().forEach((name, value) -> parameters.put(DRIVER_PARAMETER + name, value));
        Flyway.configure()
                .configuration(parameters)
                // a connection of its own: a migration may take longer than a statement of the pool may
                .dataSource(
                        address.jdbcUrl(),
                        address.user().orElse(null),
                        address.password().orElse(null))
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
