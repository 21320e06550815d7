package dev.parley.rest.sse;

import dev.parley.application.port.Cancellation;
import io.micronaut.http.HttpRequest;
import io.netty.channel.Channel;

/** Work whose only use is the answer to a request: it is called off when whoever asked leaves. */
public final class Attended {

    private Attended() {}

    /** Work that may throw something else than a refusal. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run(Cancellation cancellation) throws E;
    }

    /**
     * Does the work on this thread, and blocks until it is done or has heard that it is to end.
     *
     * @throws E what the work throws
     */
    public static <T, E extends Exception> T run(HttpRequest<?> request, Work<T, E> work) throws E {
        var cancellation = new Cancellation();
        Channel channel = ReaderWatch.channelOf(request);
        try (var _ = new ReaderWatch(channel, new Reader(channel, cancellation)::left)) {
            return work.run(cancellation);
        }
    }
}
