package dev.parley.inference.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.tool.ToolChoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.HttpEntity;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    private final RequestBody body = new RequestBody(
            new InferenceRequest("m", List.of(), List.of(), new ToolChoice.Auto(), Sampling.DEFAULT, Optional.empty()));

    @Test
    void canBeSentAgainAsLongAsItIsNotForgotten() throws IOException {
        body.writeBytes("{\"model\": \"m\"}".getBytes(UTF_8));
        HttpEntity entity = body.entity();

        assertThat(entity.getContentLength()).isEqualTo(14);
        assertThat(entity.isRepeatable()).isTrue();
        assertThat(sent(entity)).isEqualTo("{\"model\": \"m\"}").isEqualTo(sent(entity));
    }

    @Test
    void keepsNothingOfWhatHasArrivedNorDoesItsEntity() throws IOException {
        body.writeBytes(new byte[100_000]);
        HttpEntity entity = body.entity();

        body.forget();

        assertThat(body.size()).isZero();
        assertThat(sent(entity)).isEmpty();
    }

    private static String sent(HttpEntity entity) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        entity.writeTo(wire);
        return wire.toString(UTF_8);
    }
}
