package dev.parley.persistence;

import dev.parley.domain.Refusal;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Has those of this process who change a store wait for one another before they take a connection. Waiting for the store's row,
 * each would hold one, until none is left for anything else, the heartbeat among it. There are half as many locks as connections, so
 * whatever is written to stores leaves the other half.
 */
@Singleton
class StoreLocks {

    /** How long to wait here: a client waits longer, and a file's lease lasts longer. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /**
     * How long the database lets a statement wait for a row that another process writes to: longer than most documents take. With
     * a queue before the row there are two waits, for its turn and for the row; both are shorter than the silence after which a
     * connection is given up.
     */
    static final String ROW_WAIT = "10s";

    private final List<ReentrantLock> locks;

    StoreLocks(DatabaseConfiguration configuration) {
        locks = Stream.generate(() -> new ReentrantLock(true))
                .limit(Math.max(1, configuration.poolSize() / 2))
                .toList();
    }

    /**
     * Blocks until nobody else here changes the store, and runs the change.
     *
     * @throws Refusal when the wait is too long
     */
    <T> T alone(String owner, String store, Supplier<T> change) {
        ReentrantLock lock = locks.get(Math.floorMod(Objects.hash(owner, store), locks.size()));
        if (!isTaken(lock)) {
            throw busy();
        }
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isTaken(ReentrantLock lock) {
        try {
            return lock.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Has a transaction wait no longer than that for any row. */
    static void limitWait(Connection connection) throws SQLException {
        try (PreparedStatement limit = connection.prepareStatement("set local lock_timeout = '" + ROW_WAIT + "'")) {
            limit.execute();
        }
    }

    /** Others change the same, for longer than one waits. */
    static Refusal busy() {
        return Refusal.of(
                Refusal.Code.UNAVAILABLE,
                "Others are changing the same vector store just now; repeat the request in a moment");
    }
}
