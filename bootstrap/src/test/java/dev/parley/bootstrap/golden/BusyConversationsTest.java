package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.Patient;
import dev.parley.inference.testing.Reply;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests for what is still at work. */
@ExtendWith(OnStage.class)
class BusyConversationsTest {

    private static final String MODEL = "busy-conversation";

    private final Stage stage;

    BusyConversationsTest(Stage stage) {
        this.stage = stage;
    }

    /** The others are at another server, so only the database can keep them apart. */
    @Test
    void oneResponseAtATime() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        stage.models()
                .enqueue(
                        MODEL,
                        Reply.stream()
                                .opening()
                                .signal(asked)
                                .awaitGate(gate)
                                .text("Hello")
                                .finish("stop")
                                .usage(12, 2)
                                .done()
                                .end(),
                        Replies.text("Hello again"));
        String conversation =
                Json.parse(stage.http().post("/v1/conversations", "{}").body()).text("id");
        String body = "{\"model\":\"%s\",\"input\":\"Hi\",\"conversation\":\"%s\"}".formatted(MODEL, conversation);
        Future<Answer> first = Patient.start(() -> stage.http().post(ResponseScenario.RESPONSES, body));
        Patient.await(asked);

        List<Answer> others = List.of(
                stage.impatient().post(ResponseScenario.RESPONSES, body),
                stage.impatient().post(ResponseScenario.RESPONSES, Play.streamed(body)));
        gate.countDown();

        assertThat(others).allSatisfy(other -> {
            assertThat(other.status()).isEqualTo(400);
            assertThat(other.body()).isEqualTo("""
                {"error":{"message":"Another process is currently operating on this conversation. Please retry in a few seconds.",\
                "type":"invalid_request_error","param":"conversation","code":"conversation_locked"}}\
                """);
        });
        assertThat(Patient.get(first).status()).isEqualTo(200);
        assertThat(stage.http().post(ResponseScenario.RESPONSES, body).status()).isEqualTo(200);
        assertThat(stage.models().requests(MODEL)).hasSize(2);
        assertThat(Json.parse(stage.http()
                                .get("/v1/conversations/%s/items".formatted(conversation))
                                .body())
                        .items("data"))
                .hasSize(4);
    }

    /** What is not at rest can't be followed, nor deleted. */
    @Test
    void aResponseAtWork() {
        CountDownLatch gate = new CountDownLatch(1);
        stage.models()
                .enqueue(
                        "at-work",
                        Reply.stream()
                                .opening()
                                .awaitGate(gate)
                                .text("Hello")
                                .finish("stop")
                                .done()
                                .end());
        String id = Json.parse(stage.http()
                        .post(
                                ResponseScenario.RESPONSES,
                                "{\"model\":\"at-work\",\"input\":\"Hi\",\"background\":true}")
                        .body())
                .text("id");

        Answer after = stage.http()
                .post(
                        ResponseScenario.RESPONSES,
                        "{\"model\":\"at-work\",\"input\":\"Hi\",\"previous_response_id\":\"%s\"}".formatted(id));
        Answer deleted = stage.http().send("DELETE", "/v1/responses/" + id, new byte[0]);
        gate.countDown();

        assertThat(after.status()).isEqualTo(400);
        assertThat(after.body()).isEqualTo("""
            {"error":{"message":"Previous response with id '%s' is still in progress; wait until it ends.",\
            "type":"invalid_request_error","param":"previous_response_id","code":null}}\
            """.formatted(id));
        assertThat(deleted.status()).isEqualTo(409);
        assertThat(deleted.body()).isEqualTo("""
            {"error":{"message":"Response with id '%s' is still in progress; cancel it, or wait until it ends.",\
            "type":"invalid_request_error","param":null,"code":null}}\
            """.formatted(id));
        BackgroundResponsesTest.awaitEnd(stage.http(), id);
    }
}
