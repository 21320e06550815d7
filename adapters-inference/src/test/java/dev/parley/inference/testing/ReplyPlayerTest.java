package dev.parley.inference.testing;

import static dev.parley.inference.testing.UpstreamClient.event;
import static dev.parley.inference.testing.UpstreamClient.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every move, as it looks on the wire. */
@Timeout(30)
class ReplyPlayerTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final UpstreamClient client = new UpstreamClient(upstream);

    @AfterEach
    void stop() {
        client.close();
        upstream.close();
    }

    @Test
    void framesEachWriteAsOneChunk() throws Exception {
        upstream.enqueue(Reply.stream().raw("ab").raw("").raw("cde").end());

        try (RawClient raw = new RawClient(upstream).ask("?")) {
            assertThat(raw.readThrough("\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 \r\n")
                    .contains("Content-Type: text/event-stream; charset=utf-8\r\n")
                    .contains("Transfer-Encoding: chunked\r\n");
            assertThat(raw.readThrough("\r\n0\r\n\r\n")).isEqualTo("2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n");
        }
    }

    @Test
    void sendsABodyWithItsLength() throws Exception {
        upstream.enqueue(Reply.json(429, "{\"error\":\"ä\"}").withHeader("Retry-After", "2"));

        HttpResponse<InputStream> response = client.post("{}");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(14);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(rest(response)).isEqualTo("{\"error\":\"ä\"}");
    }

    @Test
    void waitsAtAGateWithTheHeadAndTheTextBeforeItAlreadySent() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch passed = new CountDownLatch(1);
        upstream.enqueue(Reply.stream()
                .text("a")
                .awaitGate(gate)
                .signal(passed)
                .text("b")
                .end());

        HttpResponse<InputStream> response = client.post("{}");

        assertThat(event(response)).isEqualTo(Engine.OPENAI.text("a"));
        assertThat(passed.getCount()).isOne();
        gate.countDown();
        assertThat(rest(response)).isEqualTo(Engine.OPENAI.text("b"));
        passed.await();
    }

    @Test
    void holdsTheHeadBackBehindAGate() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        upstream.enqueue(Reply.unsent(Engine.VLLM)
                .awaitGate(gate)
                .head(200, "Content-Length", "2")
                .raw("ok")
                .end());

        try (RawClient raw = new RawClient(upstream).ask("?")) {
            upstream.awaitRequest(1);
            gate.countDown();
            assertThat(raw.readThrough("ok")).isEqualTo("HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok");
        }
    }

    @Test
    void sendsTimestampsAtTheirPace() throws Exception {
        upstream.enqueue(
                Reply.stream().timestamps(4, Duration.ofMillis(2)).done().end());

        List<Long> stamps = Pattern.compile("\"(\\d+) \"")
                .matcher(client.ask("?"))
                .results()
                .map(stamp -> Long.parseLong(stamp.group(1)))
                .toList();

        assertThat(stamps).hasSize(4);
        assertThat(stamps.getLast() - stamps.getFirst()).isGreaterThanOrEqualTo(4_000_000);
        assertThat(stamps.getLast()).isLessThan(System.nanoTime());
    }

    @Test
    void closesWithoutAnEnd() throws Exception {
        upstream.enqueue(Reply.stream().text("a").closeAbruptly());

        try (RawClient raw = new RawClient(upstream).ask("?")) {
            raw.readThrough(Engine.OPENAI.text("a") + "\r\n");
            assertThat(raw.read()).isEqualTo(-1);
        }
        assertThat(upstream.clientsGone()).isEmpty();
    }

    @Test
    void resetsTheConnection() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        upstream.enqueue(Reply.stream().text("a").awaitGate(gate).reset());

        try (RawClient raw = new RawClient(upstream).ask("?")) {
            raw.readThrough(Engine.OPENAI.text("a") + "\r\n");
            gate.countDown();
            assertThatIOException().isThrownBy(raw::read).withMessageContaining("reset");
        }
        assertThat(upstream.clientsGone()).isEmpty();
    }

    @Test
    void breaksOffBeforeTheHead() {
        upstream.enqueue(Reply.unsent(Engine.VLLM).closeAbruptly());

        assertThatIOException().isThrownBy(() -> client.post("{}"));
    }

    @Test
    void endsABodyWithoutFramingByClosing() throws Exception {
        upstream.enqueue(Reply.streamUntilClose(Engine.VLLM).text("a").end());

        assertThat(client.ask("?")).isEqualTo(Engine.VLLM.text("a"));
        upstream.awaitOpenConnections(0);
    }

    @Test
    void closesAnIdleConnectionThatWasNotAnnounced() throws Exception {
        upstream.enqueue(Reply.stream().text("a").endThenClose());

        try (RawClient raw = new RawClient(upstream).ask("?")) {
            assertThat(raw.readThrough("0\r\n\r\n")).doesNotContainIgnoringCase("Connection: close");
            assertThat(raw.read()).isEqualTo(-1);
        }
    }
}
