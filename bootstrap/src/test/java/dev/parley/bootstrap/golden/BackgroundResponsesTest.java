package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.Patient;
import dev.parley.inference.testing.ErrorScenario;
import dev.parley.inference.testing.FaultScenario;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.TextScenario;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses that go on without their clients (responses-api 6.3). */
@ExtendWith(OnStage.class)
class BackgroundResponsesTest {

    private static final String END = "\r\n0\r\n\r\n";

    private final Stage stage;

    BackgroundResponsesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void polled() {
        stage.models().enqueue("polled", TextScenario.REASONING.reply());
        checkPolled(stage, "polled", "\"input\":\"Hi\"");
    }

    /**
     * Asks for a response in the background until it has ended, and for its events then, and holds both against the golden
     * file.
     *
     * @param members of the request, without the model
     */
    static void checkPolled(Stage stage, String model, String members) {
        Answer queued = stage.http()
                .post(
                        ResponseScenario.RESPONSES,
                        "{\"model\":\"%s\",%s,\"background\":true}".formatted(model, members));
        String id = id(queued);
        String end = awaitEnd(stage.http(), id);
        Answer told = follow(stage, id, "");

        assertThat(queued.status()).isEqualTo(200);
        assertThat(Events.of(told).response()).contains(end);
        assertThat(end)
                .contains("\"output\":[%s]"
                        .formatted(String.join(",", Events.of(told).doneItems())));
        GoldenFile.compare(
                "responses/background-" + model,
                "=== at first\n%s\n\n=== in the end\n%s\n\n=== the events of it\n%s"
                        .formatted(Names.in(queued.body()), Names.in(end), Names.in(told.body())));
    }

    /** Whoever comes back with the number of an event gets exactly what comes after that. */
    @Test
    void comesBackAtEveryEvent() {
        stage.models().enqueue("reconnects", TextScenario.REASONING_BETWEEN_TEXT.reply());
        String id = id(begin("reconnects"));
        awaitEnd(stage.http(), id);
        String whole = follow(id, "").body();
        int events = Events.from(0, whole).all().size();

        String rest = whole;
        for (int number = 0; number < events; number++) {
            rest = rest.substring(rest.indexOf("\n\n") + 2);
            assertThat(follow(id, "&starting_after=" + number).body()).isEqualTo(rest);
        }
        assertThat(rest).isEqualTo("data: [DONE]\n\n");
    }

    /** A reader that leaves stops nothing; one that comes, here or at another server, is told the rest as it happens. */
    @Test
    void goesOnWithoutItsReader() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        stage.models()
                .enqueue(
                        "goes-on",
                        Reply.stream()
                                .opening()
                                .text("Hel")
                                .awaitGate(first)
                                .text("lo ")
                                .awaitGate(second)
                                .text("you")
                                .finish("stop")
                                .usage(12, 3)
                                .done()
                                .end());
        String head;
        try (RawReader reader = RawReader.post(stage.http(), ResponseScenario.RESPONSES, """
            {"model":"goes-on","input":"Hi","background":true,"stream":true,"stream_options":{"include_obfuscation":false}}\
            """)) {
            head = reader.readThrough("\"delta\":\"Hel\",\"logprobs\":[]}\n\n");
        }
        String id = head.replaceAll("(?s).*?\"id\":\"(resp_[0-9a-f]{32}).*", "$1");
        int had = head.split("\nevent: ").length - 2;

        String rest;
        try (RawReader reader = RawReader.send(
                stage.impatient(),
                "GET /v1/responses/%s?stream=true&include_obfuscation=false&starting_after=%d HTTP/1.1\r\nHost: x\r\n\r\n"
                        .formatted(id, had))) {
            first.countDown();
            reader.readThrough("\"delta\":\"lo \",\"logprobs\":[]}\n\n");
            second.countDown();
            rest = RawReader.unchunked(reader.readThrough(END)).replace(": ping\n\n", "");
        }

        String whole = follow(id, "").body();
        assertThat(RawReader.unchunked(head) + rest).isEqualTo(whole);
        assertThat(Events.from(0, whole).types())
                .startsWith("response.created", "response.queued", "response.in_progress")
                .endsWith("response.completed");
        assertThat(Events.from(had + 1, rest).response()).contains(awaitEnd(stage.http(), id));
    }

    /** The model is not listened to any longer, and whoever reads along is told that there is no more. */
    @Test
    void calledOff() {
        CountDownLatch saidSome = new CountDownLatch(1);
        stage.models()
                .enqueue(
                        "called-off",
                        Reply.stream().opening().text("Hel").signal(saidSome).stall());
        String id = id(begin("called-off"));
        Future<Answer> reader = Patient.start(() -> follow(id, ""));
        Patient.await(saidSome);
        Await.until(
                "the beginning of the run",
                () -> Optional.of(read(id)).filter(body -> body.contains("\"status\":\"in_progress\"")));

        Answer cancelled = stage.http().send("POST", "/v1/responses/%s/cancel".formatted(id), new byte[0]);
        Answer again = stage.impatient().send("POST", "/v1/responses/%s/cancel".formatted(id), new byte[0]);
        Await.until(
                "the close of the connection to the model",
                () -> stage.models().abandoned("called-off").stream().findFirst());
        String told = Patient.get(reader).body();

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(cancelled.body()).isEqualTo(read(id));
        assertThat(Json.parse(cancelled.body()).text("status")).isEqualTo("cancelled");
        assertThat(told).startsWith("event: response.created\n").endsWith("\n\ndata: [DONE]\n\n");
        assertThat(follow(id, "").body()).isEqualTo(told);
        GoldenFile.compare("responses/background-cancelled", Names.in(cancelled.body()) + "\n");
    }

    /** One that has ended stays as it is. */
    @Test
    void calledOffTooLate() {
        stage.models().enqueue("called-off-late", Replies.text("Hello"));
        String id = id(begin("called-off-late"));
        String end = awaitEnd(stage.http(), id);

        Answer late = stage.http().send("POST", "/v1/responses/%s/cancel".formatted(id), new byte[0]);

        assertThat(late.status()).isEqualTo(200);
        assertThat(late.body()).isEqualTo(end);
    }

    /** That it failed is something that is told of it, and no answer to whoever asks. */
    @Test
    void broken() {
        stage.models()
                .enqueue(
                        "background-broken",
                        FaultScenario.VLLM_ERROR_AFTER_TEXT.reply(),
                        ErrorScenario.OPENAI_SERVER_ERROR.reply());
        Answer inText = stage.http().post(ResponseScenario.RESPONSES, Play.streamed(background("background-broken")));
        String before = id(begin("background-broken"));
        String end = awaitEnd(stage.http(), before);
        Answer told = follow(before, "");

        assertThat(Json.parse(end).text("status")).isEqualTo("failed");
        assertThat(told.status()).isEqualTo(200);
        assertThat(Events.of(told).response()).contains(end);
        GoldenFile.compare(
                "responses/background-broken",
                "=== in the middle\n%s\n\n=== before anything was said\n%s"
                        .formatted(Names.in(inText.body()), Names.in(told.body())));
    }

    /** The same of one that was in the foreground, which is told from what is stored. */
    @Test
    void brokenInTheForeground() {
        stage.models().enqueue("foreground-broken", FaultScenario.VLLM_ERROR_AFTER_TEXT.reply());
        Answer broken = stage.http()
                .post(ResponseScenario.RESPONSES, "{\"model\":\"foreground-broken\",\"input\":\"Hi\",\"stream\":true}");
        String id = Json.parse(Events.of(broken).response().orElseThrow()).text("id");

        Answer told = follow(id, "");

        assertThat(told.status()).isEqualTo(200);
        assertThat(Events.of(told).types())
                .isEqualTo(Events.of(broken).types())
                .endsWith("response.output_text.delta", "error", "response.failed");
        assertThat(Events.of(told).response()).contains(read(id));
    }

    /** Blocks until the response has ended, and gives it. */
    static String awaitEnd(Http http, String id) {
        return Await.until(
                "the end of " + id,
                () -> Optional.of(http.get("/v1/responses/" + id).body())
                        .filter(body -> !body.contains("\"status\":\"queued\"")
                                && !Json.parse(body).text("status").equals("in_progress")));
    }

    private Answer begin(String model) {
        return stage.http().post(ResponseScenario.RESPONSES, background(model));
    }

    private static String background(String model) {
        return "{\"model\":\"%s\",\"input\":\"Hi\",\"background\":true,\"stream_options\":{\"include_obfuscation\":false}}"
                .formatted(model);
    }

    private static String id(Answer answer) {
        return Json.parse(answer.body()).text("id");
    }

    private String read(String id) {
        return stage.http().get("/v1/responses/" + id).body();
    }

    private Answer follow(String id, String query) {
        return follow(stage, id, query);
    }

    private static Answer follow(Stage stage, String id, String query) {
        return stage.http().get("/v1/responses/%s?stream=true&include_obfuscation=false%s".formatted(id, query));
    }
}
