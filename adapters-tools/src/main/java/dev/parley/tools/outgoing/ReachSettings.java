package dev.parley.tools.outgoing;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.hc.core5.http.HttpHost;

/**
 * What users' addresses may lead to ({@code parley.outgoing.*}).
 *
 * @param allowedHosts when there are any, all others are refused
 * @param deniedHosts are refused whatever else is said
 * @param allowedPorts those of hosts that are allowed without one
 * @param allowPrivate whether networks of one's own and this machine may be reached
 * @param allowedNetworks ranges of addresses that may be reached whatever they are for
 * @param proxy over which everything goes
 */
@Context // read at the start, so that mistakes are known then
@ConfigurationProperties("parley.outgoing")
record ReachSettings(
        Optional<List<String>> allowedHosts,
        Optional<List<String>> deniedHosts,
        @Bindable(defaultValue = "80,443") List<Integer> allowedPorts,
        @Bindable(defaultValue = "false") boolean allowPrivate,
        Optional<List<String>> allowedNetworks,
        Optional<String> proxy) {

    ReachSettings {
        requireNonNull(allowedHosts, "allowedHosts");
        requireNonNull(deniedHosts, "deniedHosts");
        allowedPorts = List.copyOf(allowedPorts);
        requireNonNull(allowedNetworks, "allowedNetworks");
        requireNonNull(proxy, "proxy");
        reach(allowedHosts, deniedHosts, allowedPorts, allowPrivate, allowedNetworks);
        proxyHost(proxy);
    }

    Reach.Within reach() {
        return reach(allowedHosts, deniedHosts, allowedPorts, allowPrivate, allowedNetworks);
    }

    Optional<HttpHost> proxyHost() {
        return proxyHost(proxy);
    }

    private static Reach.Within reach(
            Optional<List<String>> allowedHosts,
            Optional<List<String>> deniedHosts,
            List<Integer> allowedPorts,
            boolean allowPrivate,
            Optional<List<String>> allowedNetworks) {
        return new Reach.Within(
                each("allowed-hosts", allowedHosts, HostPattern::parse),
                each("denied-hosts", deniedHosts, HostPattern::parse),
                Set.copyOf(allowedPorts),
                allowPrivate,
                each("allowed-networks", allowedNetworks, IpRange::parse));
    }

    private static Optional<HttpHost> proxyHost(Optional<String> proxy) {
        return proxy.filter(text -> !text.isBlank()).map(text -> {
            try {
                URI uri = URI.create(text.strip());
                if ("http".equals(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getPort() > 0
                        && uri.getRawUserInfo() == null) {
                    return new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
                }
            } catch (IllegalArgumentException _) {
                // said below
            }
            throw new ConfigurationException(
                    "parley.outgoing.proxy: must be an address such as http://proxy:3128, without user and password");
        });
    }

    private static <T> List<T> each(String key, Optional<List<String>> texts, Function<String, T> parse) {
        try {
            return texts.orElse(List.of()).stream()
                    .filter(text -> !text.isBlank())
                    .map(parse)
                    .toList();
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException("parley.outgoing.%s: %s".formatted(key, wrong.getMessage()));
        }
    }
}
