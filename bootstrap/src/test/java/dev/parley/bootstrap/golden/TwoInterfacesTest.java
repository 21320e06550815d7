package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was said by one interface is known by the other: a session's turns are responses, and a response may go on after them. */
@ExtendWith(OnStage.class)
class TwoInterfacesTest {

    private final Stage stage;
    private final Sheet sheet = new Sheet();
    private final Names names = new Names();

    TwoInterfacesTest(Stage stage) {
        this.stage = stage;
    }

    /** A response after a session's last turn is the session's next turn; one after an earlier turn is a fork. */
    @Test
    void aSessionGoesOnAsAResponse() {
        stage.models()
                .enqueue(
                        "both",
                        Replies.call("call_a", "count", "{}"),
                        Replies.text("Three."),
                        Replies.text("As I said."),
                        Replies.text("Again: three."),
                        Replies.text("In the fork: three."));
        PlayedModels.Listener asked = stage.models().listen("both");
        Session session = Session.open(
                stage.http(), "{\"model\":\"both\",\"instructions\":\"Use the tools.\",\"toolgroups\":[\"lab\"]}");
        names.introduce("agent", session.agent());
        names.introduce("session", session.session());

        tell("a turn of the session", session.say("How many?"), asked);
        String first = responseId(session.turns().getFirst());
        tell("the turn as a response", stage.http().get("/v1/responses/" + first), asked);
        tell("what it was given", stage.http().get("/v1/responses/%s/input_items".formatted(first)), asked);
        tell("its events", stage.http().get("/v1/responses/%s?stream=true".formatted(first)), asked);
        tell("a response after it", respondAfter(first, "Sure?"), asked);
        tell("the next turn of the session", session.say("And now?"), asked);
        tell("a response after the first turn", respondAfter(first, "And there?"), asked);
        tell("the session", stage.http().get(session.path()), asked);

        assertThat(session.turns()).hasSize(3);
        GoldenFile.compare("responses/session-as-responses", sheet.text());
    }

    /** Its calls are answered where they were asked, or in a fork. */
    @Test
    void aTurnThatAwaitsItsClient() {
        stage.models()
                .enqueue(
                        "both-await",
                        Replies.call("call_a", "get_pulse", "{}"),
                        Replies.text("In the fork: well."),
                        Replies.text("Well."));
        PlayedModels.Listener asked = stage.models().listen("both-await");
        Session session = Session.open(
                stage.http(),
                "{\"model\":\"both-await\",\"instructions\":\"\",\"client_tools\":[{\"name\":\"get_pulse\"}]}");
        names.introduce("agent", session.agent());
        names.introduce("session", session.session());

        tell("a turn that awaits its client", session.say("How am I?"), asked);
        String turn = session.turns().getFirst();
        tell("the turn as a response", stage.http().get("/v1/responses/" + responseId(turn)), asked);
        tell(
                "a response after it",
                stage.http().post(ResponseScenario.RESPONSES, """
                    {"model":"both-await","input":[%s],"previous_response_id":"%s"}\
                    """.formatted(
                                CallResponsesTest.output("call_a", "60"), responseId(turn))),
                asked);
        tell("the turn, resumed", stage.http().post(session.resumePath(turn), """
            {"tool_responses":[{"call_id":"call_a","tool_name":"get_pulse","content":"70"}]}\
            """), asked);

        assertThat(session.turns()).hasSize(1);
        GoldenFile.compare("responses/awaiting-turn-as-response", sheet.text());
    }

    private Answer respondAfter(String previous, String text) {
        return stage.http()
                .post(
                        ResponseScenario.RESPONSES,
                        "{\"model\":\"both\",\"input\":\"%s\",\"previous_response_id\":\"%s\",\"metadata\":{\"a\":\"b\"}}"
                                .formatted(text, previous));
    }

    private void tell(String what, Answer answer, PlayedModels.Listener asked) {
        sheet.line("=== " + what);
        sheet.head(answer, names);
        sheet.line(names.apply(answer.body()).stripTrailing());
        sheet.asked(asked.more(), names);
        sheet.line("");
    }

    private static String responseId(String turn) {
        return "resp_" + turn.replace("-", "");
    }
}
