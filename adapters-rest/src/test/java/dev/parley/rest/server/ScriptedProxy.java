package dev.parley.rest.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Does with each request what it was told to, and notes what it was handed. */
@Singleton
@Requires(property = "test.scripted-proxy", value = "true")
final class ScriptedProxy implements ChatProxy {

    /** What becomes of one request. */
    @FunctionalInterface
    interface Doing {
        void run(Receiver receiver, Cancellation cancellation) throws BrokenOff;
    }

    private final Queue<Doing> script = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    ScriptedProxy then(Doing doing) {
        script.add(doing);
        return this;
    }

    /** Each request with where it was to go. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void forward(Endpoint endpoint, byte[] body, Receiver receiver, Cancellation cancellation) throws BrokenOff {
        requests.add(endpoint + " " + new String(body, UTF_8));
        script.remove().run(receiver, cancellation);
    }

    static void tell(Receiver receiver, String text) {
        byte[] bytes = ("<" + text + ">").getBytes(UTF_8);
        receiver.bytes(bytes, 1, bytes.length - 2);
    }
}
