package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.Patient;
import dev.parley.inference.testing.ClientGone;
import dev.parley.inference.testing.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Readers that leave before their turn is done. Nobody pays for tokens that nobody reads, and what the turn came to stays.
 */
@ExtendWith(OnStage.class)
class LeavingReadersTest {

    private static final Duration NOTICED = Duration.ofSeconds(1);
    private static final String AGENT = """
        {"model":"%s","instructions":"Use the tools.","toolgroups":["lab","queue"]}\
        """;

    private final Stage stage;

    LeavingReadersTest(Stage stage) {
        this.stage = stage;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inTheMiddleOfAText(boolean stream) {
        String model = "left-in-text-" + stream;
        CountDownLatch saidSome = new CountDownLatch(1);
        stage.models()
                .enqueue(
                        model,
                        Replies.call("call_a", "count", "{}"),
                        Reply.stream().opening().text("Hel").signal(saidSome).stall(),
                        Replies.text("Hello again"));
        Session session = Session.open(stage.http(), AGENT.formatted(model));

        long left;
        try (RawReader reader = RawReader.post(stage.http(), session.turnPath(), Session.saying("Hi", stream))) {
            Patient.await(saidSome);
            if (stream) {
                reader.readThrough("\"text\":\"Hel\"}}}}\n\n");
            }
            left = System.nanoTime();
        }

        ClientGone gone = Await.until(
                "the close of the connection to the model",
                () -> stage.models().abandoned(model).stream().findFirst());
        assertThat(Duration.ofNanos(gone.nanoTime() - left)).isLessThan(NOTICED);
        String turn = restedTurn(session);
        Answer next = session.say("Still there?");
        GoldenFile.compare(
                "agents/reader-leaves",
                "=== the turn that was left\n%s\n\n=== the next turn\n%s\n\n=== the model was asked\n%s\n"
                        .formatted(
                                Names.in(turn),
                                Names.in(next.body()),
                                stage.models().requests(model).getLast().body().replace(model, "left")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beforeTheModelSaidAnything(boolean stream) {
        String model = "left-in-silence-" + stream;
        CountDownLatch asked = new CountDownLatch(1);
        stage.models().enqueue(model, Reply.stream().signal(asked).stall(), Replies.text("Hello"));
        Session session = Session.open(stage.http(), AGENT.formatted(model));

        RawReader reader = RawReader.post(stage.http(), session.turnPath(), Session.saying("Hi", stream));
        Patient.await(asked);
        long left = System.nanoTime();
        reader.close();

        ClientGone gone = Await.until(
                "the close of the connection to the model",
                () -> stage.models().abandoned(model).stream().findFirst());
        assertThat(Duration.ofNanos(gone.nanoTime() - left)).isLessThan(NOTICED);
        assertThat(Json.parse(restedTurn(session)).items("steps")).isEmpty();
        assertThat(session.say("Still there?").status()).isEqualTo(200);
        assertThat(stage.models().requests(model).getLast().chat().messages())
                .extracting(message -> message.role())
                .containsExactly("system", "user");
    }

    /** Also a tool is told that nobody waits for it any more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileAToolRuns(boolean stream) {
        String model = "left-in-tool-" + stream;
        stage.models().enqueue(model, Replies.call("call_a", "wait", "{}"), Replies.text("Hello"));
        Session session = Session.open(stage.http(), AGENT.formatted(model));

        try (RawReader reader = RawReader.post(stage.http(), session.turnPath(), Session.saying("Hi", stream))) {
            if (stream) {
                reader.readThrough("\"step_type\":\"tool_execution\"");
            } else {
                Await.until(
                        "the first step",
                        () -> session.turns().stream()
                                .filter(turn -> !Json.parse(session.read(turn).body())
                                        .items("steps")
                                        .isEmpty())
                                .findFirst());
            }
        }

        assertThat(Json.parse(restedTurn(session)).items("steps"))
                .extracting(step -> step.text("step_type"))
                .startsWith("inference");
        assertThat(session.say("Still there?").status()).isEqualTo(200);
    }

    /** The session's one turn, once it does not run any more: cancelled. */
    private static String restedTurn(Session session) {
        String turn = session.turns().getFirst();
        String rested = Await.until(
                "the rest of the turn",
                () -> Optional.of(session.read(turn).body())
                        .filter(body -> !Json.parse(body).text("status").equals("running")));
        assertThat(Json.parse(rested).text("status")).isEqualTo("cancelled");
        return rested;
    }
}
