package dev.parley.inference.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.ChatProxy.Endpoint;
import dev.parley.application.port.ChatProxyContract;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.provider.ForwardedRequest;
import dev.parley.inference.provider.Profile;
import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.ErrorScenario;
import dev.parley.inference.testing.FaultScenario;
import dev.parley.inference.testing.RecordedRequest;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.TextScenario;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests and answers pass through untouched. */
class RelayTest extends ChatProxyContract {

    private static final String BODY = "{ \"model\" : \"a-model\", \"n\": 1.10, \"x\":\"\\u00e4\" }";
    private static final Reply HELLO = TextScenario.OPENAI_TEXT.reply();

    private final Trial trial = Trial.of(Profile.VLLM);
    private final Cancellation wish = new Cancellation();

    @AfterEach
    void close() {
        trial.close();
    }

    @Override
    protected ChatProxy proxy() {
        trial.upstream.otherwise(request ->
                request.chat().stream() ? HELLO : Reply.json(200, "{\"object\":\"chat.completion\",\"choices\":[]}"));
        return proxyWithoutEmbeddings();
    }

    @Override
    protected ChatProxy proxyWithoutEmbeddings() {
        return (endpoint, body, told, cancellation) ->
                trial.provider.forward(ForwardedRequest.of(endpoint, body), told, cancellation);
    }

    @Test
    void bytesAreNotTouched() throws BrokenOff {
        trial.upstream.enqueue(HELLO);

        ask();

        assertThat(receiver.body()).isEqualTo(HELLO.bodyText());
        RecordedRequest request = trial.upstream.awaitRequest(1);
        assertThat(request.body()).isEqualTo(BODY);
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.header("Authorization")).contains("Bearer " + Trial.KEY.reveal());
        assertThat(request.header("X-Team")).contains("blue");
    }

    @Test
    void embeddingsHaveTheirOwnAddress() throws BrokenOff {
        trial.upstream.path("/v1/embeddings", Reply.json(200, "{\"data\":[]}"));

        trial.provider.forward(ForwardedRequest.of(Endpoint.EMBEDDINGS, BODY.getBytes(UTF_8)), receiver, wish);

        assertThat(receiver.body()).isEqualTo("{\"data\":[]}");
        assertThat(trial.upstream.requestsTo("/v1/embeddings").getFirst().body())
                .isEqualTo(BODY);
    }

    @Test
    void aLongAnswerPassesThroughASmallBuffer() throws BrokenOff {
        String large = "{\"data\":\"" + "0123456789".repeat(50_000) + "\"}";
        trial.upstream.enqueue(Reply.json(200, large));

        ask();

        assertThat(receiver.body()).isEqualTo(large);
    }

    @Test
    void piecesGoOnAsTheyCome() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        trial.upstream.enqueue(Reply.stream(Engine.VLLM)
                .text("Hel")
                .awaitGate(gate)
                .text("lo")
                .done()
                .end());
        CompletableFuture<Void> asked = inBackground();

        receiver.awaitBegun();
        assertThat(receiver.body()).contains("Hel").doesNotContain("lo\"");
        gate.countDown();
        asked.get(5, TimeUnit.SECONDS);

        assertThat(receiver.body()).contains("lo\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void aWishToEndClosesTheConnection() {
        trial.upstream.enqueue(Reply.stream(Engine.VLLM).text("Hel").stall());
        CompletableFuture<Void> asked = inBackground();
        receiver.awaitBegun();

        wish.request(Cancellation.Reason.CLIENT_LEFT);

        trial.upstream.awaitClientGone(Duration.ofSeconds(2));
        assertThat(asked).failsWithin(Duration.ofSeconds(2));
    }

    @Test
    void aReceiverThatFailsEndsTheRequest() {
        trial.upstream.enqueue(Reply.stream(Engine.VLLM).text("Hel").stall());
        ChatProxy.Receiver gone = new ChatProxy.Receiver() {
            @Override
            public void head(int status, String contentType) {
                throw new IllegalStateException("the client left");
            }

            @Override
            public void bytes(byte[] buffer, int offset, int length) {}
        };

        assertThat(catchThrowableOfType(
                        IllegalStateException.class, () -> trial.provider.forward(forwarded(), gone, wish)))
                .hasMessage("the client left");
        trial.upstream.awaitClientGone(Duration.ofSeconds(2));
    }

    @Test
    void refusalsAreSaidInWordsForTheClient() {
        trial.upstream.enqueue(ErrorScenario.OPENAI_WRONG_KEY.reply());
        assertThat(failure().code()).isEqualTo(Failure.Code.PROVIDER_UNAVAILABLE);

        trial.upstream.enqueue(ErrorScenario.VLLM_UNKNOWN_MODEL.reply());
        assertThat(failure().code()).isEqualTo(Failure.Code.MODEL_NOT_FOUND);

        trial.upstream.enqueue(ErrorScenario.HTML_WITH_200.reply());
        assertThat(failure().message()).contains("a web page instead of chat completions");

        assertThat(receiver.heads()).isEmpty();
    }

    @Test
    void aFailureThatPassesIsNotNoticed() throws BrokenOff {
        trial.upstream.enqueue(ErrorScenario.LLAMA_CPP_LOADING.reply(), FaultScenario.RESET_BEFORE_HEAD.reply(), HELLO);

        ask();

        assertThat(receiver.heads()).hasSize(1);
        assertThat(receiver.body()).isEqualTo(HELLO.bodyText());
    }

    @Test
    void whatBreaksBeforeTheFirstByteIsAFailureAndNothingElse() {
        trial.upstream.enqueue(FaultScenario.CLOSED_AFTER_HEAD.reply());

        assertThat(failure().code()).isEqualTo(Failure.Code.PROVIDER_UNAVAILABLE);
        assertThat(receiver.heads()).isEmpty();
    }

    @Test
    void whatBreaksInTheMiddleIsTornOff() {
        trial.upstream.enqueue(FaultScenario.CLOSED_IN_TEXT.reply());

        assertThat(failure().message()).contains("in the middle of its answer");
        assertThat(receiver.body()).contains("Hel");
    }

    @Test
    void connectionsAreUsedAgain() throws BrokenOff {
        trial.upstream.enqueue(HELLO, HELLO);

        ask();
        ask();

        assertThat(trial.upstream.connectionsOpened()).isOne();
    }

    private void ask() throws BrokenOff {
        trial.provider.forward(forwarded(), receiver, wish);
    }

    private Failure failure() {
        return Objects.requireNonNull(catchThrowableOfType(BrokenOff.class, this::ask))
                .failure();
    }

    private CompletableFuture<Void> inBackground() {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                ask();
                outcome.complete(null);
            } catch (Throwable broken) {
                outcome.completeExceptionally(broken);
            }
        });
        return outcome;
    }

    private static ForwardedRequest forwarded() {
        return ForwardedRequest.of(Endpoint.CHAT_COMPLETIONS, BODY.getBytes(UTF_8));
    }
}
