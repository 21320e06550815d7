package dev.parley.persistence;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.parley.application.port.BackgroundRuns;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs that are rows in PostgreSQL, picked by the processes through db-scheduler. */
@Singleton
final class PostgresBackgroundRuns implements BackgroundRuns {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresBackgroundRuns.class);

    /** Below so many missed heartbeats the scheduler does not take another for dead. */
    private static final int FEWEST_HEARTBEATS = 4;

    private static final Duration LAST_RUNS = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final BackgroundRows rows;
    private final Database database;
    private final ThisReplica self;
    private final ReplicaConfiguration replica;
    private final BackgroundConfiguration configuration;

    @Nullable
    private volatile Scheduler scheduler;

    PostgresBackgroundRuns(
            BackgroundRows rows,
            Database database,
            ThisReplica self,
            ReplicaConfiguration replica,
            BackgroundConfiguration configuration) {
        this.rows = rows;
        this.database = database;
        this.self = self;
        this.replica = replica;
        this.configuration = configuration;
    }

    @Override
    public void schedule(Owner owner, TurnId turn) {
        rows.schedule(owner.id(), turn.value(), Instant.now());
        Scheduler running = scheduler;
        if (running != null) {
            running.triggerCheckForDueExecutions();
        }
    }

    @Override
    public synchronized void start(Runner runner) {
        if (scheduler != null) {
            throw new IllegalStateException("background runs were started before");
        }
        if (replica.alone()) {
            rows.reviveAll();
        }
        Task<String> turns = Tasks.oneTime("turn", String.class)
                .onFailure(PostgresBackgroundRuns::again)
                .onDeadExecutionRevive()
                .execute((run, _) -> runner.run(new Owner(run.getData()), new TurnId(run.getId())));
        RecurringTask<Void> forgotten = Tasks.recurring("forgotten turns", FixedDelay.of(FORGOTTEN_AFTER))
                .execute((_, _) -> scheduleForgotten());
        Duration heartbeat = heartbeat();
        Scheduler starting = Scheduler.create(database.pool(), turns)
                .startTasks(forgotten)
                .tableName("background_run")
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
                .serializer(new PlainText())
                .schedulerName(new SchedulerName.Fixed(self.id()))
                .threads(configuration.maxRuns())
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(heartbeat)
                .heartbeatInterval(heartbeat)
                .missedHeartbeatsLimit(
                        Math.max(FEWEST_HEARTBEATS, (int) replica.deadAfter().dividedBy(heartbeat)))
                .shutdownMaxWait(LAST_RUNS)
                // a run that is to be repeated is no news; whoever threw has said what there is to say
                .failureLogging(LogLevel.DEBUG, true)
                .build();
        starting.start();
        scheduler = starting;
    }

    @Override
    public void pause() {
        Scheduler running = scheduler;
        if (running != null) {
            running.pause();
        }
    }

    @Override
    public synchronized void stop() {
        Scheduler running = scheduler;
        if (running != null) {
            running.stop();
        }
    }

    private void scheduleForgotten() {
        Instant now = Instant.now();
        int found = rows.scheduleForgotten(now, now.minus(FORGOTTEN_AFTER));
        if (found > 0) {
            LOG.warn("{} background turns were queued and not scheduled; they are now", found);
        }
    }

    /** As often as all processes are heard, but often enough for the scheduler to miss enough of them in time. */
    private Duration heartbeat() {
        Duration most = replica.deadAfter().dividedBy(FEWEST_HEARTBEATS);
        return replica.heartbeat().compareTo(most) < 0 ? replica.heartbeat() : most;
    }

    /** Twice as late each time, beginning with a second. */
    private static void again(ExecutionComplete failed, ExecutionOperations<String> run) {
        int before = Math.min(failed.getExecution().consecutiveFailures, 10);
        Duration pause = Duration.ofSeconds(1L << before);
        run.reschedule(failed, failed.getTimeDone().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
    }
}
