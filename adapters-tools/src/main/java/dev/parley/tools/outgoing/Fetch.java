package dev.parley.tools.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Downloads.Download;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One fetch, with its redirects. */
final class Fetch {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Map<String, String> HEADERS = Map.of("Accept", "*/*", "Accept-Encoding", "gzip");

    private final Outgoing outgoing;
    private final LimitSettings limits;
    private final Target named;
    private final Cancellation cancellation;

    private boolean stopped;

    @Nullable
    private Call underWay;

    Fetch(Outgoing outgoing, LimitSettings limits, Target named, Cancellation cancellation) {
        this.outgoing = outgoing;
        this.limits = limits;
        this.named = named;
        this.cancellation = cancellation;
    }

    Download run() throws Refused {
        Target target = named;
        try (Watch watch = new Watch(limits.timeout(), this::stop);
                Cancellation.Registration _ = cancellation.onRequest(this::stop)) {
            for (int hops = 0; hops <= limits.maxRedirects(); hops++) {
                try (Call call = begin(target)) {
                    Reply reply = call.send(limits.timeout());
                    Optional<String> location =
                            REDIRECTS.contains(reply.status()) ? reply.header("Location") : Optional.empty();
                    if (location.isEmpty()) {
                        return download(reply);
                    }
                    target = redirected(target, location.get());
                } catch (IOException failed) {
                    throw new Refused(explanation(target, failed, watch));
                }
            }
        }
        throw new Refused("it was redirected more than %d times".formatted(limits.maxRedirects()));
    }

    private Download download(Reply reply) throws IOException {
        if (reply.status() / 100 != 2) {
            throw new Refused("its server answered with status %d".formatted(reply.status()));
        }
        try (InputStream body = reply.body(limits.maxSize())) {
            return new Download(body.readAllBytes(), reply.contentType(), name());
        }
    }

    private static Target redirected(Target from, String location) throws Refused {
        try {
            return from.redirected(location);
        } catch (Refused refused) {
            throw new Refused("it was redirected, and there " + refused.explanation());
        }
    }

    private String explanation(Target target, IOException failed, Watch watch) {
        if (cancellation.requested().isPresent()) {
            return "the request was called off";
        }
        if (watch.hasStruck()) {
            return "it took longer than %d ms".formatted(limits.timeout().toMillis());
        }
        String words = Words.of(target, failed);
        return target.hasOriginOf(named) ? words : "it was redirected, and " + words;
    }

    private Call begin(Target target) throws IOException {
        Call call = outgoing.call("GET", target, HEADERS, null);
        synchronized (this) {
            if (stopped) {
                throw new IOException("stopped before it began");
            }
            underWay = call;
        }
        return call;
    }

    private synchronized void stop() {
        stopped = true;
        if (underWay != null) {
            underWay.abort();
        }
    }

    private Optional<String> name() {
        String last = named.lastName();
        try {
            return Optional.of(URLDecoder.decode(last.replace("+", "%2B"), UTF_8))
                    .filter(name -> !name.isBlank());
        } catch (IllegalArgumentException wrong) {
            return Optional.of(last);
        }
    }
}
