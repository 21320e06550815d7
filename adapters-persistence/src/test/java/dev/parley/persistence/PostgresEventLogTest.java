package dev.parley.persistence;

import dev.parley.application.port.EventLogContract;
import dev.parley.application.testing.Store;
import java.time.Duration;

final class PostgresEventLogTest extends EventLogContract {

    private static final ReplicaConfiguration CONFIGURATION =
            new ReplicaConfiguration(Duration.ofSeconds(2), Duration.ofSeconds(10), false);

    @Override
    protected Store newProcess() {
        return PersistenceProcess.shared().storeOf(new ThisReplica(CONFIGURATION), CONFIGURATION);
    }
}
