package dev.parley.tools.outgoing;

import dev.parley.application.port.Downloads;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The guarded way out, opened by whoever needs it first. */
@Factory
final class OutgoingFactory {

    @Singleton
    @Bean(preDestroy = "close")
    Outgoing guarded(ReachSettings reach, LimitSettings limits) {
        return Outgoing.guarded(reach.reach(), Network.SYSTEM, reach.proxyHost(), limits.connectTimeout());
    }

    @Singleton
    Downloads downloads(Outgoing guarded, LimitSettings limits) {
        return new GuardedDownloads(guarded, limits);
    }
}
