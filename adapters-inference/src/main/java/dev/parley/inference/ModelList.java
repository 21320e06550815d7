package dev.parley.inference;

import dev.parley.application.port.BrokenOff;
import dev.parley.inference.provider.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a provider last said of its models. Only the first to ask waits for it; later ones get what is there, and when
 * that is old it is renewed behind their backs.
 */
final class ModelList {

    private static final Logger LOG = LoggerFactory.getLogger(ModelList.class);

    /** Whoever asks how a provider is wants to know how it is now, but not once for each who asks. */
    private static final Duration HEALTH_AGE = Duration.ofSeconds(5);

    /** @param problem empty when the provider answered */
    private record Said(List<String> models, String problem, Instant at) {}

    private final Provider provider;
    private final Duration refresh;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicBoolean renewing = new AtomicBoolean();

    @Nullable
    private volatile Said last;

    ModelList(Provider provider, Duration refresh) {
        this(provider, refresh, InstantSource.system());
    }

    ModelList(Provider provider, Duration refresh, InstantSource clock) {
        this.provider = provider;
        this.refresh = refresh;
        this.clock = clock;
    }

    Provider provider() {
        return provider;
    }

    /** The provider's own names. Blocks the first time, until it has answered or failed to. */
    List<String> models() {
        Said said = last;
        if (said == null) {
            return ask(refresh).models();
        }
        if (isOlderThan(said, ageOf(said)) && renewing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("models-" + provider.name()).start(() -> {
                try {
                    ask(ageOf(said));
                } finally {
                    renewing.set(false);
                }
            });
        }
        return said.models();
    }

    /** What is wrong with the provider; empty when it is well. Blocks while it is asked. */
    String problem() {
        return ask(HEALTH_AGE).problem();
    }

    /** Asks, unless somebody else has meanwhile. */
    private Said ask(Duration age) {
        asking.lock();
        try {
            Said before = last;
            if (before != null && !isOlderThan(before, age)) {
                return before;
            }
            Said said = askNow(before);
            last = said;
            return said;
        } finally {
            asking.unlock();
        }
    }

    private Said askNow(@Nullable Said before) {
        try {
            return new Said(provider.models(), "", clock.instant());
        } catch (BrokenOff broken) {
            if (before == null || before.problem().isEmpty()) {
                String cause = broken.getCause() == null ? "" : " (" + broken.getCause() + ")";
                LOG.warn(
                        "{}{}; its models are not listed anew", broken.failure().message(), cause);
            }
            List<String> kept = before == null ? List.of() : before.models();
            return new Said(kept, broken.failure().message(), clock.instant());
        }
    }

    /** How old it may become: one that has failed may be well again soon. */
    private Duration ageOf(Said said) {
        return said.problem().isEmpty() || refresh.compareTo(HEALTH_AGE) < 0 ? refresh : HEALTH_AGE;
    }

    private boolean isOlderThan(Said said, Duration age) {
        return Duration.between(said.at(), clock.instant()).compareTo(age) >= 0;
    }
}
