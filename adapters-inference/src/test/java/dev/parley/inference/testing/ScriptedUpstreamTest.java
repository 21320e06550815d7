package dev.parley.inference.testing;

import static dev.parley.inference.testing.UpstreamClient.asking;
import static dev.parley.inference.testing.UpstreamClient.event;
import static dev.parley.inference.testing.UpstreamClient.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which reply a request gets, and what the server notes of its clients. */
@Timeout(30)
class ScriptedUpstreamTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Reply A = Reply.stream().text("a").end();
    private static final Reply B = Reply.stream().text("b").end();

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final UpstreamClient client = new UpstreamClient(upstream);

    @AfterEach
    void stop() {
        client.close();
        upstream.close();
    }

    @Test
    void answersByRuleThenQueueThenDefault() throws Exception {
        upstream.onUserText("ruled", Reply.json(200, "rule"))
                .onModel("mute", Reply.json(200, "mute"))
                .enqueue(Reply.json(200, "first"), Reply.json(200, "second"))
                .otherwise(request ->
                        Reply.json(200, "default for " + request.chat().model().orElseThrow()));

        assertThat(client.ask("one")).isEqualTo("first");
        assertThat(client.ask("as ruled")).isEqualTo("rule");
        assertThat(rest(client.post(asking("mute", "two")))).isEqualTo("mute");
        assertThat(client.ask("two")).isEqualTo("second");
        assertThat(client.ask("three")).isEqualTo("default for m");
    }

    @Test
    void refusesWhatNoScriptAnswers() throws Exception {
        HttpResponse<InputStream> unscripted = client.post("{}");
        assertThat(unscripted.statusCode()).isEqualTo(400);
        assertThat(rest(unscripted)).contains("No reply is scripted for POST /v1/chat/completions");

        upstream.otherwise(A);
        HttpResponse<InputStream> malformed = client.post("{\"model\":");
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(rest(malformed)).contains("not a JSON object");

        assertThat(client.get("/elsewhere").statusCode()).isEqualTo(404);
    }

    @Test
    void recordsRequests() throws Exception {
        upstream.otherwise(A);
        client.ask("Grüße");
        client.ask("again");

        RecordedRequest request = upstream.awaitRequest(1);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.header("content-type")).hasValue("application/json");
        assertThat(request.header("Authorization")).isEmpty();
        assertThat(request.body()).isEqualTo(asking("m", "Grüße"));
        assertThat(upstream.awaitRequest(2).chat().lastUserText()).hasValue("again");
        assertThat(upstream.requests()).hasSize(2);
    }

    @Test
    void readsAChunkedRequestAndAsksForIt() throws Exception {
        upstream.otherwise(A);
        try (RawClient raw = new RawClient(upstream)) {
            raw.send("POST /v1/chat/completions?x=1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n");
            raw.send("Expect: 100-continue\r\n\r\n");
            raw.readThrough("HTTP/1.1 100 Continue\r\n\r\n");
            raw.send("8\r\n{\"model\"\r\n4;x=y\r\n:\"m\"\r\n1\r\n}\r\n0\r\n\r\n");
            raw.readThrough("0\r\n\r\n");
        }
        assertThat(upstream.awaitRequest(1).chat().model()).hasValue("m");
    }

    @Test
    void understandsAConversation() {
        ChatRequest request = ChatRequest.from("""
            {"model":"m","stream":true,"messages":[{"role":"system","content":"s"},
             {"role":"user","content":[{"type":"text","text":"u1"},{"type":"image_url"},{"type":"text","text":"u2"}]},
             {"role":"assistant","content":null,"tool_calls":[]},{"role":"tool","content":"t"}],
             "tools":[{"type":"function","function":{"name":"f"}}]}\
            """);

        assertThat(request.stream()).isTrue();
        assertThat(request.lastUserText()).hasValue("u1\n\nu2");
        assertThat(request.lastMessage()).hasValue(new ChatRequest.Message("tool", "t"));
        assertThat(request.tools())
                .singleElement()
                .satisfies(tool -> assertThat(tool).containsEntry("name", "f"));
    }

    @Test
    void listsModelsAsScripted() throws Exception {
        assertThat(client.get("/models").body()).isEqualTo("{\"object\":\"list\",\"data\":[]}");

        upstream.models("a", "b/c");
        assertThat(client.get("/models").body()).contains("\"id\":\"a\"", "\"id\":\"b/c\"");

        upstream.models(ErrorScenario.OPENAI_SERVER_ERROR.reply());
        assertThat(client.get("/models").statusCode()).isEqualTo(500);

        assertThat(upstream.modelRequests()).hasSize(3);
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void keepsAConnectionAliveBetweenRequests() throws Exception {
        upstream.enqueue(A, Reply.json(500, "{}"), B);
        client.ask("1");
        client.ask("2");
        client.ask("3");

        assertThat(upstream.connectionsOpened()).isOne();
        assertThat(upstream.requests()).extracting(RecordedRequest::connection).containsExactly(1, 1, 1);
    }

    @Test
    void closesConnectionsThatAreIdleAndNoOthers() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        upstream.enqueue(A, Reply.stream().text("b").awaitGate(gate).text("c").end());
        try (RawClient idle = new RawClient(upstream).ask("1")) {
            idle.readThrough("0\r\n\r\n");
            HttpResponse<InputStream> busy = client.post(asking("m", "2"));
            event(busy);

            upstream.closeIdleConnections();

            assertThat(idle.read()).isEqualTo(-1);
            gate.countDown();
            assertThat(rest(busy)).isEqualTo(Engine.OPENAI.text("c"));
        }
        assertThat(upstream.clientsGone()).isEmpty();
    }

    @Test
    void closesWhenTheClientAsksForIt() throws Exception {
        upstream.otherwise(A);
        try (RawClient raw = new RawClient(upstream)) {
            raw.send("POST /v1/chat/completions HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
            raw.readThrough("0\r\n\r\n");
            assertThat(raw.read()).isEqualTo(-1);
        }
    }

    @Test
    void noticesAClientThatClosesDuringAStall() throws Exception {
        upstream.enqueue(Reply.stream().text("a").stall());
        RawClient raw = new RawClient(upstream).ask("leaving");
        raw.readThrough(Engine.OPENAI.text("a"));

        long left = System.nanoTime();
        raw.close();

        ClientGone gone = upstream.awaitClientGone(LIMIT);
        assertThat(gone.request().chat().lastUserText()).hasValue("leaving");
        assertThat(gone.nanoTime()).isBetween(left, System.nanoTime());
        upstream.awaitOpenConnections(0);
    }

    @Test
    void noticesAClientThatResetsAtAGateBeforeTheHead() throws Exception {
        upstream.enqueue(
                Reply.unsent(Engine.VLLM).awaitGate(new CountDownLatch(1)).closeAbruptly());
        RawClient raw = new RawClient(upstream).ask("?");
        upstream.awaitRequest(1);

        raw.reset();

        upstream.awaitClientGone(LIMIT);
        upstream.awaitOpenConnections(0);
        assertThat(upstream.clientsGone()).hasSize(1);
    }

    @Test
    void noticesAClientThatLeavesWhileChunksAreSent() throws Exception {
        upstream.enqueue(
                Reply.stream().timestamps(1_000_000, Duration.ofMillis(1)).end());
        HttpResponse<InputStream> response = client.post("{}");
        event(response);

        response.body().close();

        upstream.awaitClientGone(LIMIT);
        upstream.awaitOpenConnections(0);
        assertThat(upstream.clientsGone()).hasSize(1);
    }

    @Test
    void doesNotCountAClientThatLeavesAtTheEnd() throws Exception {
        upstream.enqueue(Reply.stream().text("a").done().end(), Reply.json(500, "{}"));
        for (String last : new String[] {"data: [DONE]\n\n", "{}"}) {
            try (RawClient raw = new RawClient(upstream).ask("?")) {
                raw.readThrough(last);
            }
        }
        upstream.awaitOpenConnections(0);
        assertThat(upstream.clientsGone()).isEmpty();
    }

    @Test
    void saysWhatItWaitedForInVain() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> upstream.awaitClientGone(Duration.ofNanos(1)))
                .withMessageContaining("a client that leaves")
                .withMessageContaining("0 requests");
    }

    @Test
    void endsStalledRepliesWhenItCloses() throws Exception {
        upstream.enqueue(Reply.stream().text("a").stall());
        HttpResponse<InputStream> response = client.post("{}");
        event(response);

        upstream.close();

        assertThatIOException().isThrownBy(() -> rest(response));
        upstream.awaitOpenConnections(0);
        assertThat(upstream.clientsGone()).isEmpty();
        assertThatIOException().isThrownBy(() -> client.post("{}"));
    }
}
