package dev.parley.persistence;

import jakarta.inject.Singleton;
import java.util.UUID;

/** This process as others see it: the name under which it holds the turns that it runs, a new one each time it starts. */
@Singleton
final class ThisReplica {

    private final String id = UUID.randomUUID().toString();
    private final double deadAfterSeconds;

    ThisReplica(ReplicaConfiguration configuration) {
        deadAfterSeconds = configuration.deadAfter().toMillis() / 1000.0;
    }

    String id() {
        return id;
    }

    /** How long another process must have been silent to count as dead. */
    double deadAfterSeconds() {
        return deadAfterSeconds;
    }
}
