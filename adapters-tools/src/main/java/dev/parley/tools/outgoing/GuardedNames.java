package dev.parley.tools.outgoing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks names up for connections and lets only those addresses through that may be reached. What is let through here is what
 * is connected to: nobody asks a second time.
 */
final class GuardedNames implements DnsResolver {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedNames.class);

    /** Each is tried in its turn, for as long as connecting may take. */
    private static final int MOST_TRIED = 4;

    private final Network network;
    private final Reach reach;
    private final Duration patience;

    /** @param patience with a resolver that does not answer */
    GuardedNames(Network network, Reach reach, Duration patience) {
        this.network = network;
        this.reach = reach;
        this.patience = patience;
    }

    /** Blocks no longer than the patience lasts. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> found = lookUp(host);
        InetAddress[] admitted =
                found.stream().filter(reach::admits).limit(MOST_TRIED).toArray(InetAddress[]::new);
        if (admitted.length == 0) {
            LOG.info("host {} has only addresses that may not be reached: {}", host, found);
            throw new NotAdmitted(host);
        }
        return admitted;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        Thread.ofVirtual().name("name-lookup").start(() -> {
            try {
                found.complete(network.addresses(host));
            } catch (UnknownHostException | RuntimeException unknown) {
                found.completeExceptionally(unknown);
            }
        });
        try {
            return found.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unknown) {
            LOG.debug("host {} is not known", host, unknown);
            throw new UnknownHostException(host);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        }
    }

    /** A name that stands for nothing that may be reached. */
    @SuppressWarnings("serial") // never leaves the process
    static final class NotAdmitted extends UnknownHostException {
        NotAdmitted(String host) {
            super(host);
        }
    }
}
