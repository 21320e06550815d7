package dev.parley.inference.openai;

import dev.parley.inference.provider.ProviderSettings;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The connections to one provider, and the headers that go with every request. */
final class Transport implements AutoCloseable {

    private static final String CONNECTION = "parley.connection";
    private static final String USED_BEFORE = "parley.used-before";

    /** Each stream has a connection to itself, so the number of them is no place for a limit. */
    private static final int NO_LIMIT = 1_000_000;

    private final ProviderSettings.OpenAiCompatible settings;
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;

    Transport(ProviderSettings.OpenAiCompatible settings) {
        this.settings = settings;
        Timeout connect = timeout(settings.timeouts().connect());
        this.connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(StreamingConnection.FACTORY)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(NO_LIMIT)
                .setMaxConnTotal(NO_LIMIT)
                .setDefaultSocketConfig(
                        SocketConfig.custom().setTcpNoDelay(true).build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(timeout(settings.timeouts().firstToken()))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(10))
                        .build())
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setRequestExecutor(new NotingExecutor())
                .setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()))
                .evictIdleConnections(TimeValue.ofMinutes(1))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    /** The address of something that the provider serves. A query in the base URL stays at the end. */
    URI address(String path) {
        return address(path, "");
    }

    /** The address of something that the provider serves beside what stands below {@code /v1}. */
    URI rootAddress(String path) {
        return address(path, "/v1");
    }

    /** @param without what is left out where the base URL ends in it */
    private URI address(String path, String without) {
        String text = settings.baseUri().toString();
        int query = text.indexOf('?');
        String before = query < 0 ? text : text.substring(0, query);
        String stripped = before.endsWith("/") ? before.substring(0, before.length() - 1) : before;
        String root =
                stripped.endsWith(without) ? stripped.substring(0, stripped.length() - without.length()) : stripped;
        return URI.create(root + path + (query < 0 ? "" : text.substring(query)));
    }

    /**
     * Sends a request and blocks until the head of its response is there.
     *
     * @param firstByte how long that may take once it is connected
     */
    ClassicHttpResponse send(HttpUriRequestBase request, Duration firstByte, HttpClientContext context)
            throws IOException {
        settings.headers().forEach((name, value) -> request.setHeader(name, value.reveal()));
        settings.apiKey().ifPresent(key -> request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key.reveal()));
        request.setHeader(HttpHeaders.USER_AGENT, "parley");
        request.setConfig(RequestConfig.custom()
                .setResponseTimeout(timeout(firstByte))
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .build());
        URI uri = settings.baseUri();
        return client.executeOpen(new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()), request, context);
    }

    /** The connection that a request went over which has its response. */
    static StreamingConnection connectionOf(HttpClientContext context) {
        if (context.getAttribute(CONNECTION) instanceof StreamingConnection connection) {
            return connection;
        }
        throw new IllegalStateException("a response without a connection");
    }

    /** Whether a request went over a connection that had served another one before. */
    static boolean wasUsedBefore(HttpClientContext context) {
        return Boolean.TRUE.equals(context.getAttribute(USED_BEFORE));
    }

    /** Closes what nobody uses just now. */
    void closeIdle() {
        connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    static Timeout timeout(Duration time) {
        return Timeout.of(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** Notes which connection a request goes over. */
    private static final class NotingExecutor extends HttpRequestExecutor {
        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                @Nullable HttpResponseInformationCallback informationCallback,
                HttpContext context)
                throws IOException, HttpException {
            context.setAttribute(CONNECTION, connection);
            context.setAttribute(USED_BEFORE, connection instanceof StreamingConnection ours && ours.isUsed());
            return super.execute(request, connection, informationCallback, context);
        }
    }
}
