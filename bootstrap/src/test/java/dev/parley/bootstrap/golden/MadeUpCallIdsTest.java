package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.inference.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls whose engine gives no id: the one that the server makes up is the same wherever the call is told. */
@ExtendWith(OnStage.class)
class MadeUpCallIdsTest {

    private final Stage stage;

    MadeUpCallIdsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void areAnsweredLikeOthers() {
        stage.models()
                .enqueue(
                        "without-ids",
                        Replies.calls(Reply.stream().opening().toolCall(0, "", "get_pulse", "{}")),
                        Replies.text("You are well."));
        Session session = Session.open(stage.http(), """
            {"model":"without-ids","instructions":"","client_tools":[{"name":"get_pulse"}]}\
            """);

        Answer asked = session.http().post(session.turnPath(), Session.saying("How am I?", true));
        Json turn = Json.parse(asked.turn().orElseThrow());
        String id = turn.at("output_message").items("tool_calls").getFirst().text("call_id");
        Answer resumed = session.http().post(session.resumePath(turn.text("turn_id")), """
            {"tool_responses":[{"call_id":"%s","tool_name":"get_pulse","content":"60"}]}\
            """.formatted(id));

        assertThat(id).isNotBlank();
        assertThat(asked.items().stream().filter(item -> item.contains("\"call_id\"")))
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item).contains("\"call_id\":\"%s\"".formatted(id)));
        assertThat(resumed.status()).isEqualTo(200);
        assertThat(stage.models().requests("without-ids").getLast().body())
                .contains("\"id\":\"%s\"".formatted(id), "\"tool_call_id\":\"%s\"".formatted(id));
    }
}
