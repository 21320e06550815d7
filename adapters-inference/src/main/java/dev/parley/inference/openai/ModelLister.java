package dev.parley.inference.openai;

import dev.parley.application.port.BrokenOff;
import dev.parley.domain.turn.Failure;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Asks a provider for its models, which also shows whether it is well. */
final class ModelLister {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_LIST = 8 * 1024 * 1024;

    private final Upstream upstream;

    ModelLister(Upstream upstream) {
        this.upstream = upstream;
    }

    List<String> list() throws BrokenOff {
        HttpClientContext context = HttpClientContext.create();
        try {
            return list(context);
        } catch (SocketTimeoutException slow) {
            throw broken(
                    Failure.Code.PROVIDER_TIMEOUT,
                    "did not list its models within %d s".formatted(PATIENCE.toSeconds()),
                    slow);
        } catch (IOException broken) {
            if (!Transport.wasUsedBefore(context)) {
                throw unreachable(broken);
            }
        }
        // an old connection was closed meanwhile, which says nothing of the provider
        upstream.transport().closeIdle();
        try {
            return list(HttpClientContext.create());
        } catch (IOException broken) {
            throw unreachable(broken);
        }
    }

    private List<String> list(HttpClientContext context) throws IOException, BrokenOff {
        HttpGet request = new HttpGet(upstream.transport().address("/models"));
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        ClassicHttpResponse response = upstream.transport().send(request, PATIENCE, context);
        try {
            return switch (response.getCode()) {
                case 200 -> read(response);
                // some serve no list, and serve well
                case 404, 405, 501 -> List.of();
                case 401, 403 ->
                    throw broken(
                            Failure.Code.PROVIDER_UNAVAILABLE,
                            "refuses this server's credentials (HTTP %d)".formatted(response.getCode()),
                            null);
                default ->
                    throw broken(
                            Failure.Code.PROVIDER_UNAVAILABLE,
                            "failed to list its models (HTTP %d)".formatted(response.getCode()),
                            null);
            };
        } finally {
            Upstream.discard(request, response);
        }
    }

    private static List<String> read(ClassicHttpResponse response) throws IOException {
        return response.getEntity() == null
                ? List.of()
                : ModelListReader.read(response.getEntity().getContent().readNBytes(LONGEST_LIST));
    }

    private BrokenOff unreachable(IOException cause) {
        return new BrokenOff(upstream.faults().beforeHead(cause, false).failure(), cause);
    }

    private BrokenOff broken(Failure.Code code, String what, @Nullable IOException cause) {
        return new BrokenOff(
                Failure.of(
                        code, "Provider '%s' %s".formatted(upstream.settings().name(), what)),
                cause);
    }
}
