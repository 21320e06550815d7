package dev.parley.persistence;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** Which rule of the database a statement broke. */
final class Violated {

    private Violated() {}

    static boolean isForeignKey(Throwable thrown) {
        return find(thrown, PSQLState.FOREIGN_KEY_VIOLATION).isPresent();
    }

    /** Whether the statement would have put two rows where one of these unique indexes allows one. */
    static boolean isUnique(Throwable thrown, String... indexes) {
        return find(thrown, PSQLState.UNIQUE_VIOLATION)
                .map(ServerErrorMessage::getConstraint)
                .filter(List.of(indexes)::contains)
                .isPresent();
    }

    private static Optional<ServerErrorMessage> find(Throwable thrown, PSQLState state) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException sql && state.getState().equals(sql.getSQLState())) {
                return Optional.ofNullable(sql.getServerErrorMessage());
            }
        }
        return Optional.empty();
    }
}
