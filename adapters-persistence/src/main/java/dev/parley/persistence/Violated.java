package dev.parley.persistence;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Which rule of the database a statement broke. */
final class Violated {

    private static final String FOREIGN_KEY = "23503";
    private static final String UNIQUE = "23505";

    private Violated() {}

    static boolean isForeignKey(Throwable thrown) {
        return FOREIGN_KEY.equals(state(thrown));
    }

    static boolean isUnique(Throwable thrown) {
        return UNIQUE.equals(state(thrown));
    }

    @Nullable
    private static String state(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
