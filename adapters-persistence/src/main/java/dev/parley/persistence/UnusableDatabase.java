package dev.parley.persistence;

import java.sql.SQLException;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** The configured database can't be used. The message is a sentence for the person who operates the server. */
@SuppressWarnings("serial") // never leaves the process
final class UnusableDatabase extends RuntimeException {

    UnusableDatabase(DatabaseAddress address, Exception failed) {
        // without a cause: the driver's own words are longer, and whoever prints the innermost reason wants this one
        super("The database %s can't be used: %s".formatted(address, reason(failed)));
    }

    private static String reason(Exception failed) {
        if (failed instanceof FlywayException flyway
                && flyway.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return "it holds something else already. Give Parley a database of its own (parley.database.url)";
        }
        for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return firstLine(sql) + " (parley.database.url, parley.database.user, parley.database.password)";
            }
        }
        return firstLine(failed);
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("it does not say why");
    }
}
