package dev.parley.persistence;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How processes on one database learn of each other's death ({@code parley.replica.*}).
 *
 * @param heartbeat how often a process says that it lives
 * @param deadAfter how old its last word may be before its running turns are taken for abandoned; longer than any pause of
 *     a living process
 * @param alone whether no other process can be on this database, so that whoever else is down as living is dead at once
 */
@ConfigurationProperties("parley.replica")
public record ReplicaConfiguration(
        @Bindable(defaultValue = "2s") Duration heartbeat,
        @Bindable(defaultValue = "10s") Duration deadAfter,
        @Bindable(defaultValue = "false") boolean alone) {

    public ReplicaConfiguration {
        // Duration multiplies by way of BigDecimal, whose classes nothing else at a start needs.
        if (heartbeat.toMillis() < 1 || deadAfter.minus(heartbeat).compareTo(heartbeat) < 0) {
            throw new ConfigurationException(
                    "parley.replica.dead-after (%s) must be at least twice parley.replica.heartbeat (%s)"
                            .formatted(deadAfter, heartbeat));
        }
    }
}
