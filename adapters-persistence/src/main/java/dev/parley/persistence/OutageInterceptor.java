package dev.parley.persistence;

import dev.parley.domain.Refusal;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.data.connection.exceptions.ConnectionException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a database that can't be reached from a mistake. No connection in time means that nothing was begun. A connection
 * that broke leaves open whether its one statement took effect; all the same a request may be repeated: a turn that was
 * begun so is driven by nobody, asks no model, and is soon marked as failed.
 */
@Singleton
@InterceptorBean(RefusedInOutage.class)
final class OutageInterceptor implements MethodInterceptor<Object, Object> {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final Logger LOG = LoggerFactory.getLogger(OutageInterceptor.class);

    @Override
    public @Nullable Object intercept(MethodInvocationContext<Object, Object> statement) {
        try {
            return statement.proceed();
        } catch (RuntimeException failed) {
            Optional<Throwable> outage =
                    causes(failed).filter(OutageInterceptor::isOutage).findFirst();
            if (outage.isEmpty()) {
                throw causes(failed).anyMatch(OutageInterceptor::isLongWait) ? StoreLocks.busy() : failed;
            }
            LOG.warn("The database can't be reached: {}", outage.get().getMessage());
            throw Refusal.of(
                    Refusal.Code.UNAVAILABLE,
                    "The server can't reach its database just now; repeat the request in a moment");
        }
    }

    private static Stream<Throwable> causes(Throwable failed) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause);
    }

    private static boolean isOutage(Throwable cause) {
        return switch (cause) {
            // the pool: none came free, or none could be opened, in time
            case SQLTransientConnectionException _ -> true;
            case SQLException sql -> isOutage(String.valueOf(sql.getSQLState()));
            // giving a connection back that broke hides what it broke with
            case ConnectionException _ -> true;
            default -> false;
        };
    }

    /** Only for rows of stores is there a limit. */
    private static boolean isLongWait(Throwable cause) {
        return cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
    }

    /** Connections that fail or break, and a server that is stopping, starting or out of connections. */
    private static boolean isOutage(String state) {
        return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
    }
}
