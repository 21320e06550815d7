package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.inference.testing.Reply;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Streams with nothing to say for a while, which clients take for dead. */
@ExtendWith(OnStage.class)
class SilenceTest {

    private static final String BEAT = ": ping\n\n";

    private final Stage stage;

    SilenceTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void beatsUntilThereIsSomethingToSay() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        stage.models()
                .enqueue(
                        "silent",
                        Reply.stream()
                                .opening()
                                .awaitGate(first)
                                .text("Hel")
                                .awaitGate(second)
                                .text("lo")
                                .finish("stop")
                                .done()
                                .end());
        Session session = Session.open(stage.impatient(), "{\"model\":\"silent\",\"instructions\":\"\"}");

        String stream;
        try (RawReader reader = RawReader.post(stage.impatient(), session.turnPath(), Session.saying("Hi", true))) {
            reader.readThrough(BEAT);
            reader.readThrough("\n");
            reader.readThrough(BEAT);
            first.countDown();
            reader.readThrough("\"text\":\"Hel\"}}}}\n\n");
            reader.readThrough(BEAT);
            second.countDown();
            stream = reader.readThrough("\r\n0\r\n\r\n");
        }

        String body = RawReader.unchunked(stream);
        assertThat(body.split("(?<=\n\n)", 0))
                .allSatisfy(frame ->
                        assertThat(frame).matches("(?s)(: ping|data: \\{\"event\":\\{\"payload\":\\{.*}}})\n\n"));
        assertThat(body).doesNotContain("\"error\"").contains("\"event_type\":\"turn_complete\"");
    }
}
