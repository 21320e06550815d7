package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.Patient;
import dev.parley.application.testing.Together;
import dev.parley.inference.testing.Reply;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several requests for one session at the same time. */
@ExtendWith(OnStage.class)
class BusySessionsTest {

    private static final String AGENT = "{\"model\":\"%s\",\"instructions\":\"\"}";

    private final Stage stage;

    BusySessionsTest(Stage stage) {
        this.stage = stage;
    }

    /** The two are at different servers, so only the database can keep them apart. */
    @Test
    void theSecondTurnWaits() {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        stage.models().enqueue("busy", held(asked, gate), Replies.text("Hello again"));
        Session session = Session.open(stage.http(), AGENT.formatted("busy"));
        Future<Answer> first = Patient.start(() -> session.say("Hi"));
        Patient.await(asked);

        try (RawReader second = RawReader.post(stage.impatient(), session.turnPath(), Session.saying("And?", true))) {
            stage.awaitRequestAtTheImpatient();
            gate.countDown();
            assertThat(second.readThrough("\r\n0\r\n\r\n")).contains("\"event_type\":\"turn_complete\"");
        }

        assertThat(Patient.get(first).status()).isEqualTo(200);
        assertThat(stage.models().requests("busy").getLast().chat().messages())
                .extracting(message -> message.text())
                .containsExactly("Hi", "Hello", "And?");
        assertThat(session.turns()).hasSize(2);
    }

    @Test
    void theSecondTurnIsRefusedInTheEnd() {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        stage.models().enqueue("busy-for-long", held(asked, gate));
        Session session = Session.open(stage.http(), AGENT.formatted("busy-for-long"));
        Future<Answer> first = Patient.start(() -> session.say("Hi"));
        Patient.await(asked);
        Session elsewhere = session.at(stage.impatient());

        List<Answer> others = Together.run(List.of(
                () -> elsewhere.say("And?"),
                () -> elsewhere.http().post(session.turnPath(), Session.saying("And?", true))));
        gate.countDown();

        assertThat(others.getFirst().status()).isEqualTo(409);
        assertThat(others.getFirst().header("retry-after")).isEqualTo("1");
        assertThat(others.getFirst().headers()).doesNotContainKey("x-should-retry");
        // streamed or not: nothing was begun, so no head and no sign of life has spoilt the status
        assertThat(others.getLast().status()).isEqualTo(409);
        assertThat(others.getLast().header("retry-after")).isEqualTo("1");
        assertThat(others.getLast().body())
                .contains("another turn; wait until that one ends, or repeat the request later");
        assertThat(Patient.get(first).status()).isEqualTo(200);
        assertThat(session.turns()).hasSize(1);
        assertThat(stage.models().requests("busy-for-long")).hasSize(1);
    }

    @Test
    void ofTwoAnswersToACallOneWins() {
        stage.models()
                .enqueue("answered-twice", Replies.call("call_a", "get_pulse", "{}"), Replies.text("You are well."));
        Session session = Session.open(stage.http(), """
            {"model":"answered-twice","instructions":"","client_tools":[{"name":"get_pulse"}]}\
            """);
        session.say("How am I?");
        String path = session.resumePath(session.turns().getFirst());
        Session elsewhere = session.at(stage.impatient());

        List<Answer> answers = Together.run(List.of(
                () -> session.http().post(path, pulse(60)),
                () -> elsewhere.http().post(path, pulse(180))));

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .allSatisfy(
                        answer -> assertThat(answer.header("x-should-retry")).isEqualTo("false"));
        assertThat(stage.models().requests("answered-twice")).hasSize(2);
    }

    @Test
    void theSameAnswerTwiceAtOnceIsOne() {
        stage.models()
                .enqueue("answered-alike", Replies.call("call_a", "get_pulse", "{}"), Replies.text("You are well."));
        Session session = Session.open(stage.http(), """
            {"model":"answered-alike","instructions":"","client_tools":[{"name":"get_pulse"}]}\
            """);
        session.say("How am I?");
        String path = session.resumePath(session.turns().getFirst());
        Session elsewhere = session.at(stage.impatient());

        List<Answer> answers = Together.run(List.of(
                () -> session.http().post(path, pulse(60)),
                () -> elsewhere.http().post(path, pulse(60))));

        assertThat(answers.getFirst().status()).isEqualTo(200);
        assertThat(answers.getLast().body()).isEqualTo(answers.getFirst().body());
        assertThat(stage.models().requests("answered-alike")).hasSize(2);
    }

    private static String pulse(int rate) {
        return "{\"tool_responses\":[{\"call_id\":\"call_a\",\"tool_name\":\"get_pulse\",\"content\":\"%d\"}]}"
                .formatted(rate);
    }

    private static Reply held(CountDownLatch asked, CountDownLatch gate) {
        return Reply.stream()
                .opening()
                .signal(asked)
                .awaitGate(gate)
                .text("Hello")
                .finish("stop")
                .done()
                .end();
    }
}
