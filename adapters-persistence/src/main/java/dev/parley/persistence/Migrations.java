package dev.parley.persistence;

import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of a database up to date; of several processes that start at once, one does it. */
final class Migrations {

    private static final String DRIVER_PARAMETER = "flyway.jdbcProperties.";

    private Migrations() {}

    /** @throws UnusableDatabase when that can't be done */
    static void apply(DatabaseAddress address) {
        Map<String, String> parameters = new HashMap<>();
        address.parameters().forEach((name, value) -> parameters.put(DRIVER_PARAMETER + name, value));
        try {
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
        } catch (FlywayException failed) {
            throw new UnusableDatabase(address, failed);
        }
    }
}
