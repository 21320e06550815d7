package dev.parley.tools.outgoing;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** One request and its reply, on the thread that wants it; any thread may abort it. */
public final class Call implements AutoCloseable {

    private final CloseableHttpClient client;
    private final Target target;
    private final HttpUriRequestBase request;

    @Nullable
    private Reply reply;

    Call(CloseableHttpClient client, Target target, HttpUriRequestBase request) {
        this.client = client;
        this.target = target;
        this.request = request;
    }

    static HttpUriRequestBase request(
            String method, Target target, Map<String, String> headers, byte @Nullable [] body) {
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create("/"));
        request.setScheme(target.scheme());
        request.setAuthority(new URIAuthority(target.host(), explicitPort(target)));
        request.setPath(target.path());
        request.setHeader(HttpHeaders.USER_AGENT, "parley");
        headers.forEach(request::setHeader);
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        }
        return request;
    }

    /**
     * Sends it and blocks until the head of the reply is there.
     *
     * @param silence how long the server may say nothing, then and while the body is read; zero for as long as it likes
     * @throws Refused when the target's host stands for nothing that may be reached
     */
    public Reply send(Duration silence) throws IOException {
        request.setConfig(RequestConfig.custom()
                .setResponseTimeout(Outgoing.timeout(silence))
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .build());
        ClassicHttpResponse response;
        try {
            response = client.executeOpen(new HttpHost(target.scheme(), target.host(), target.port()), request, null);
        } catch (GuardedNames.NotAdmitted _) {
            throw Words.notAdmitted(target);
        } catch (UnknownHostException _) {
            throw new Refused("the host of %s is not known".formatted(target.origin()));
        }
        Reply ours = new Reply(response);
        reply = ours;
        return ours;
    }

    /** Ends it wherever it is: whoever waits for it gets an exception. */
    public void abort() {
        request.abort();
    }

    /** Gives the connection back where all was read, and closes it where not: what is left over is not waited for. */
    @Override
    public void close() {
        if (reply == null || !reply.wasReadWhole()) {
            request.abort();
        }
        if (reply != null) {
            reply.close();
        }
    }

    private static int explicitPort(Target target) {
        return target.port() == (target.isSecure() ? 443 : 80) ? -1 : target.port();
    }
}
