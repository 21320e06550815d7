package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.json.JsonField;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client at its socket. What does not come in time fails the test. */
final class SocketClient implements AutoCloseable {

    private static final int PATIENCE = 20;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CountDownLatch pinged = new CountDownLatch(2);
    private final Reader reader = new Reader();
    private final WebSocket socket;

    SocketClient(HttpClient http, URI at) {
        socket = await(http.newWebSocketBuilder().buildAsync(at, reader));
    }

    /** Sends a message. */
    SocketClient say(String message) {
        var _ = await(socket.sendText(message, true));
        return this;
    }

    /** Sends a part of a message that goes on. */
    SocketClient sayPart(String part) {
        var _ = await(socket.sendText(part, false));
        return this;
    }

    SocketClient sayBytes(byte[] message) {
        var _ = await(socket.sendBinary(ByteBuffer.wrap(message), true));
        return this;
    }

    /** Asks for a response that is not stored. */
    SocketClient ask(String input, String more) {
        return say("{\"type\":\"response.create\",\"model\":\"a-model\",\"store\":false,\"input\":\"%s\"%s}"
                .formatted(input, more));
    }

    /** The next message. */
    JsonField next() {
        return JsonField.body(nextText().getBytes(UTF_8));
    }

    String nextText() {
        try {
            String next = messages.poll(PATIENCE, SECONDS);
            assertThat(next).as("a message").isNotNull();
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** The messages of a response, to its end. */
    List<JsonField> response() {
        List<JsonField> all = new ArrayList<>();
        do {
            all.add(next());
        } while (!isLast(all.getLast()));
        return all;
    }

    /** The id of a response that ends well. */
    String id() {
        return response().getLast().at("response").at("id").string();
    }

    private static boolean isLast(JsonField message) {
        String type = message.at("type").string();
        return type.equals("response.completed")
                || type.equals("response.failed")
                || type.equals("response.incomplete");
    }

    /** The code of a message that is an error. */
    String errorCode() {
        JsonField error = next();
        assertThat(error.at("type").string()).isEqualTo("error");
        return error.at("error").at("code").string();
    }

    /** The next message that is an error; what comes before it is not looked at. */
    JsonField refusal() {
        JsonField next = next();
        while (!next.at("type").string().equals("error")) {
            next = next();
        }
        return next;
    }

    void awaitPings() {
        try {
            assertThat(pinged.await(PATIENCE, SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** The code that the server closed the socket with. */
    int awaitClosed() {
        return await(closed);
    }

    void leave() {
        var _ = await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }

    /** From now on takes no more than a message at a time, when it is told to. */
    void readSlowly() {
        reader.slow = true;
    }

    void readOn() {
        reader.slow = false;
        socket.request(Long.MAX_VALUE / 2);
    }

    /** Is gone without a word. */
    @Override
    public void close() {
        socket.abort();
    }

    private static <T> T await(CompletionStage<T> future) {
        try {
            return future.toCompletableFuture().get(PATIENCE, SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException failed) {
            throw new AssertionError("nothing came of it", failed);
        }
    }

    private final class Reader implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private volatile boolean slow;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            if (!slow) {
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            pinged.countDown();
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
