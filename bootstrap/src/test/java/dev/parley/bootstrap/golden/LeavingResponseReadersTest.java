package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.Patient;
import dev.parley.inference.testing.ClientGone;
import dev.parley.inference.testing.Reply;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Readers of responses in the foreground that leave before the end: the model is not listened to any longer. */
@ExtendWith(OnStage.class)
class LeavingResponseReadersTest {

    private final Stage stage;

    LeavingResponseReadersTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void inTheMiddleOfAStream() {
        stage.models()
                .enqueue("response-left", Reply.stream().opening().text("Hel").stall(), Replies.text("Hello again"));
        String head;
        try (RawReader reader = RawReader.post(
                stage.http(),
                ResponseScenario.RESPONSES,
                "{\"model\":\"response-left\",\"input\":\"Hi\",\"stream\":true}")) {
            head = reader.readThrough("event: response.output_text.delta\n");
        }
        String id = head.replaceAll("(?s).*?\"id\":\"(resp_[0-9a-f]{32}).*", "$1");

        awaitAbandoned("response-left");
        String end = BackgroundResponsesTest.awaitEnd(stage.http(), id);
        Answer told = stage.http().get("/v1/responses/%s?stream=true".formatted(id));
        Answer next = stage.http()
                .post(
                        ResponseScenario.RESPONSES,
                        "{\"model\":\"response-left\",\"input\":\"Still there?\",\"previous_response_id\":\"%s\"}"
                                .formatted(id));

        assertThat(Json.parse(end).text("status")).isEqualTo("cancelled");
        assertThat(told.status()).isEqualTo(200);
        assertThat(Events.of(told).types()).containsExactly("response.created", "response.in_progress");
        assertThat(next.status()).isEqualTo(200);
        assertThat(stage.models().requests("response-left").getLast().chat().messages())
                .extracting(message -> message.text())
                .containsExactly("Hi", "Still there?");
    }

    @Test
    void withoutAStream() {
        CountDownLatch saidSome = new CountDownLatch(1);
        stage.models()
                .enqueue(
                        "unstreamed-left",
                        Reply.stream().opening().text("Hel").signal(saidSome).stall());
        try (RawReader _ = RawReader.post(
                stage.http(), ResponseScenario.RESPONSES, "{\"model\":\"unstreamed-left\",\"input\":\"Hi\"}")) {
            Patient.await(saidSome);
        }

        assertThat(awaitAbandoned("unstreamed-left").request().chat().lastUserText())
                .isEqualTo(Optional.of("Hi"));
    }

    private ClientGone awaitAbandoned(String model) {
        return Await.until(
                "the close of the connection to the model",
                () -> stage.models().abandoned(model).stream().findFirst());
    }
}
