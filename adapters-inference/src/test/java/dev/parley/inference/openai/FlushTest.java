package dev.parley.inference.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.domain.turn.Delta;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What came in one read goes out in one flush, however many events and HTTP chunks it was. */
@Timeout(30)
class FlushTest {

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Test
    void onceForEachReadAndBeforeTheNextWaits() throws Exception {
        Log log = new Log();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Trial trial = Trial.elsewhere(
                        URI.create("http://127.0.0.1:%d/v1".formatted(listener.getLocalPort())),
                        Duration.ofSeconds(5))) {
            Thread server = Thread.ofVirtual().start(() -> serve(listener, log.flushed));

            trial.provider.answer(Trial.request(), log, new Cancellation());

            server.join();
            assertThat(log.heard).containsExactly("opened", "a", "b", "c", "flush", "d", "flush", "e", "f", "flush");
        }
    }

    private static void serve(ServerSocket listener, Semaphore flushed) {
        try (Socket socket = listener.accept()) {
            InputStream in = socket.getInputStream();
            byte[] request = new byte[4096];
            while (!new String(request, UTF_8).contains("\"stream\":true")) {
                if (in.read(request, 0, request.length) < 0) {
                    return;
                }
            }
            OutputStream out = socket.getOutputStream();
            out.write((HEAD + chunk(text("a")) + chunk(text("b")) + chunk(text("c"))).getBytes(UTF_8));
            flushed.acquireUninterruptibly();
            out.write(chunk(text("d")).getBytes(UTF_8));
            flushed.acquireUninterruptibly();
            out.write((chunk(text("e") + text("f")) + chunk("data: [DONE]\n\n") + "0\r\n\r\n").getBytes(UTF_8));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static String text(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n".formatted(text);
    }

    private static String chunk(String data) {
        return "%x\r\n%s\r\n".formatted(data.length(), data);
    }

    private static final class Log implements Inference.Progress {
        final List<String> heard = new ArrayList<>();
        final Semaphore flushed = new Semaphore(0);

        @Override
        public void opened() {
            heard.add("opened");
        }

        @Override
        public void delta(Delta delta) {
            heard.add(delta instanceof Delta.Text(String text) ? text : delta.toString());
        }

        @Override
        public void flush() {
            heard.add("flush");
            flushed.release();
        }
    }
}
