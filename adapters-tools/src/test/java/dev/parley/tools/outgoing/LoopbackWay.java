package dev.parley.tools.outgoing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ways out for tests of what lies behind the guard. */
public final class LoopbackWay {

    private LoopbackWay() {}

    /** A guarded way that the configuration lets onto this machine, on these ports. */
    public static Outgoing allowed(Integer... ports) {
        return guarded(true, ports);
    }

    /** A guarded way as it is without any configuration, but for the ports. */
    public static Outgoing refused(Integer... ports) {
        return guarded(false, ports);
    }

    private static Outgoing guarded(boolean ownNetworks, Integer... ports) {
        return Outgoing.guarded(
                new Reach.Within(List.of(), List.of(), Set.of(ports), ownNetworks, List.of()),
                Network.SYSTEM,
                Optional.empty(),
                Duration.ofSeconds(5));
    }
}
