package dev.parley.persistence;

import java.sql.Connection;
import java.sql.SQLException;

/** Several statements that are one, for those that no repository can write. */
final class Transactions {

    private Transactions() {}

    /** What is done on the connection, which is given back whatever comes of it. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * All or nothing: what throws leaves nothing behind.
     *
     * @throws StatementFailed when the database does
     */
    static <T> T run(Database database, Work<T> work) {
        try (Connection connection = database.pool().getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.on(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        } catch (SQLException failed) {
            throw new StatementFailed(failed);
        }
    }

    /** The database could not do it; an outage among the causes is told as one. */
    @SuppressWarnings("serial") // never leaves the process
    static final class StatementFailed extends RuntimeException {
        StatementFailed(SQLException cause) {
            super("The database failed: " + cause.getMessage(), cause);
        }
    }
}
