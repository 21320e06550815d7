package dev.parley.tools.outgoing;

import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Requests by HTTP that leave this process for the sake of tools. Blocking; follows no redirect, keeps no cookie, answers no
 * demand for a password and unpacks nothing by itself, so that nothing is reached or taken that was not checked.
 */
public final class Outgoing implements AutoCloseable {

    private static final int LONGEST_LINE = 32_768;
    private static final int MOST_HEADERS = 200;
    private static final int NO_LIMIT = 1_000_000;

    private final Reach reach;
    private final GuardedNames names;
    private final Optional<HttpHost> proxy;
    private final CloseableHttpClient client;

    private Outgoing(
            Reach reach, GuardedNames names, Network network, Optional<HttpHost> proxy, Duration connectTimeout) {
        this.reach = reach;
        this.names = names;
        this.proxy = proxy;
        Timeout connect = timeout(connectTimeout);
        this.client = HttpClients.custom()
                .setConnectionManager(new Connections(network)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(LONGEST_LINE)
                                        .setMaxHeaderCount(MOST_HEADERS)
                                        .build())
                                .build())
                        .setDnsResolver(proxy.isPresent() ? new ProxyName(network) : names)
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setMaxConnPerRoute(NO_LIMIT)
                        .setMaxConnTotal(NO_LIMIT)
                        .setDefaultSocketConfig(SocketConfig.custom()
                                .setTcpNoDelay(true)
                                .setSoKeepAlive(true)
                                .build())
                        .setDefaultTlsConfig(
                                TlsConfig.custom().setHandshakeTimeout(connect).build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(connect)
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .setTimeToLive(TimeValue.ofMinutes(10))
                                .build())
                        .build())
                .setRoutePlanner(routes(reach, proxy))
                .evictIdleConnections(TimeValue.ofMinutes(1))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    /**
     * Whatever a user's word names goes through this one.
     *
     * @param proxy over which all goes. It looks names up by itself, so that what is known here of a name is checked, and the
     *     rest is for the proxy to refuse
     */
    static Outgoing guarded(Reach reach, Network network, Optional<HttpHost> proxy, Duration connectTimeout) {
        return new Outgoing(reach, new GuardedNames(network, reach, connectTimeout), network, proxy, connectTimeout);
    }

    /** Only for what the configuration names; over the proxies that this Java machine is told to use. */
    public static Outgoing trusted(Duration connectTimeout) {
        return guarded(new Reach.Everything(), Network.SYSTEM, Optional.empty(), connectTimeout);
    }

    /**
     * Prepares one request; nothing is sent yet.
     *
     * @param body JSON, or null when there is none
     * @throws Refused when its target may not be reached
     */
    public Call call(String method, Target target, Map<String, String> headers, byte @Nullable [] body) throws Refused {
        admit(target);
        return new Call(client, target, Call.request(method, target, headers, body));
    }

    /**
     * Checks what can be checked of a target without connecting to it, asking no resolver.
     *
     * @throws Refused when it may not be reached
     */
    public void precheck(Target target) throws Refused {
        reach.admit(target);
    }

    private void admit(Target target) throws Refused {
        reach.admit(target);
        if (proxy.isPresent()) {
            try {
                names.resolve(target.host());
            } catch (GuardedNames.NotAdmitted _) {
                throw Words.notAdmitted(target);
            } catch (UnknownHostException _) {
                // in networks behind a proxy, only the proxy knows the names outside
            }
        }
    }

    /** Closes all connections, those in use too. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    static Timeout timeout(Duration time) {
        return Timeout.of(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static HttpRoutePlanner routes(Reach reach, Optional<HttpHost> proxy) {
        if (proxy.isPresent()) {
            return new DefaultProxyRoutePlanner(proxy.get());
        }
        return switch (reach) {
            case Reach.Everything _ -> new SystemDefaultRoutePlanner(ProxySelector.getDefault());
            // a proxy of the machine would look names up itself, unseen
            case Reach.Within _ -> new DefaultRoutePlanner(null);
        };
    }

    /** Of all names only the proxy's is looked up for a connection, and that is the configuration's. */
    private record ProxyName(Network network) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return network.addresses(host).toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
