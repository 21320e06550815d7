package dev.parley.application.port;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.ChatProxy.Endpoint;
import dev.parley.application.testing.RecordingReceiver;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every way to hand a request on does. */
@Timeout(30)
public abstract class ChatProxyContract {

    private static final String ASKED = "{\"model\":\"a-model\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    protected final RecordingReceiver receiver = new RecordingReceiver();
    private final Cancellation cancellation = new Cancellation();

    /** A way to a model that answers each request for a chat completion, streamed when it is asked to. */
    protected abstract ChatProxy proxy();

    /** A way to a provider that has no embeddings. */
    protected abstract ChatProxy proxyWithoutEmbeddings();

    @Test
    void aCompletionIsHandedBack() throws BrokenOff {
        proxy().forward(Endpoint.CHAT_COMPLETIONS, bytes(ASKED + "}"), receiver, cancellation);

        assertThat(receiver.heads()).singleElement().asString().startsWith("200 application/json");
        assertThat(receiver.body()).startsWith("{").contains("\"chat.completion\"");
        assertToldAsPromised();
    }

    @Test
    void aStreamIsHandedBackAsOne() throws BrokenOff {
        proxy().forward(Endpoint.CHAT_COMPLETIONS, bytes(ASKED + ",\"stream\":true}"), receiver, cancellation);

        assertThat(receiver.heads()).singleElement().asString().startsWith("200 text/event-stream");
        assertThat(receiver.body()).startsWith("data: {").endsWith("data: [DONE]\n\n");
        assertToldAsPromised();
    }

    @Test
    void whatAProviderDoesNotServeBreaksOffBeforeAnythingIsTold() {
        BrokenOff broken = catchThrowableOfType(
                BrokenOff.class,
                () -> proxyWithoutEmbeddings()
                        .forward(
                                Endpoint.EMBEDDINGS,
                                bytes("{\"model\":\"a-model\",\"input\":\"Hi\"}"),
                                receiver,
                                cancellation));

        assertThat(broken.failure().message()).contains("embeddings");
        assertThat(receiver.heads()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "Hi",
                "{\"model\":\"a-model\"",
                "{\"model\":\"a-model\"} {}",
                "{\"messages\":[]}",
                "{\"model\":7}",
                "{\"model\":\" \"}"
            })
    void aBodyThatNamesNoModelIsRefused(String body) {
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> proxy().forward(Endpoint.CHAT_COMPLETIONS, bytes(body), receiver, cancellation));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(receiver.heads()).isEmpty();
    }

    @Test
    void aWishToEndThatWasMadeBeforeEndsARequestAtOnce() {
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        BrokenOff broken = catchThrowableOfType(
                BrokenOff.class,
                () -> proxy().forward(Endpoint.CHAT_COMPLETIONS, bytes(ASKED + "}"), receiver, cancellation));

        assertThat(broken.failure().code()).isEqualTo(Failure.Code.INTERRUPTED);
        assertThat(receiver.heads()).isEmpty();
    }

    private void assertToldAsPromised() {
        assertThat(receiver.wasHeadedFirst()).isTrue();
        assertThat(receiver.wasOnlyToldBy(Thread.currentThread())).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
