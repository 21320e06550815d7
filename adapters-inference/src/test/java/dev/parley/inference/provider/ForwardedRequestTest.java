package dev.parley.inference.provider;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.application.port.ChatProxy.Endpoint;
import dev.parley.domain.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only the model's name changes on the way. */
class ForwardedRequestTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"best\"}                          | {\"model\":\"gpt-4.1\"}",
                "{ \"a\" : 1.10 , \"model\" :\"best\", \"b\":[]} | { \"a\" : 1.10 , \"model\" :\"gpt-4.1\", \"b\":[]}",
                "{\"\u00e4\ud83d\ude00\":\"\u00e4\",\"model\":\"b\\u00e4st\"}   |"
                        + " {\"\u00e4\ud83d\ude00\":\"\u00e4\",\"model\":\"gpt-4.1\"}",
                "{\"model\":\"a\",\"model\":\"best\"}            | {\"model\":\"gpt-4.1\",\"model\":\"gpt-4.1\"}",
                "{\"x\":{\"model\":\"best\"},\"model\":\"best\"} | {\"x\":{\"model\":\"best\"},\"model\":\"gpt-4.1\"}"
            })
    void theNameIsReplacedWhereItStands(String body, String changed) {
        ForwardedRequest request = ForwardedRequest.of(Endpoint.CHAT_COMPLETIONS, body.getBytes(UTF_8));

        assertThat(new String(request.to("gpt-4.1").body(), UTF_8)).isEqualTo(changed);
        assertThat(request.to(request.model())).isSameAs(request);
        assertThat(request.to("gpt-4.1").to(request.model()).model()).isEqualTo(request.model());
    }

    @Test
    void aNameIsWrittenAsJson() {
        ForwardedRequest request = ForwardedRequest.of(Endpoint.EMBEDDINGS, "{\"model\":\"a\"}".getBytes(UTF_8));

        assertThat(new String(request.to("say \"hi\"\n\u00e4").body(), UTF_8))
                .isEqualTo("{\"model\":\"say \\\"hi\\\"\\n\u00e4\"}");
    }

    @Test
    void anotherCharacterSetIsRefused() {
        assertThatThrownBy(() -> ForwardedRequest.of(Endpoint.EMBEDDINGS, "{\"model\":\"a\"}".getBytes(UTF_16BE)))
                .isInstanceOf(Refusal.class);
    }
}
