package dev.parley.tools.shield;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Harm;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Touchpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModerationEndpointTest {

    private static final RegisteredShield SHIELD =
            new RegisteredShield("mod", ModerationEndpoint.ID, "cloud::omni", JsonText.EMPTY_OBJECT);
    private static final String FLAGGED = """
        {"id":"modr-1","model":"omni","results":[{"flagged":true,
         "categories":{"violence":true,"hate":false,"\\"odd":true},
         "category_scores":{"violence":0.97,"hate":0.25,"new/one":0.9}}]}\
        """;

    private final List<String> sent = new ArrayList<>();

    @Test
    void whatIsFlaggedStopsTheTurn() throws BrokenOff {
        Judgement judgement = judge(200, FLAGGED, "A \"fight\"");

        assertThat(sent).containsExactly("{\"model\":\"cloud::omni\",\"input\":\"A \\\"fight\\\"\"}");
        assertThat(judgement.violation()).hasValueSatisfying(violation -> {
            assertThat(violation.stops()).isTrue();
            assertThat(violation.metadata()).isEqualTo(new JsonText("{\"violation_type\":\"violence\"}"));
        });
        assertThat(judgement.scores())
                .containsEntry(Harm.VIOLENCE, 0.97)
                .containsEntry(Harm.HATE, 0.25)
                .hasSize(2);
    }

    @Test
    void whatIsNotPasses() throws BrokenOff {
        assertThat(judge(200, "{\"results\":[{\"flagged\":false}]}", "Hi").objects())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "<html>",
                "{}",
                "{\"results\":[]}",
                "{\"results\":[{}]}",
                "{\"results\":[{\"flagged\":\"no\"}]}",
                "{\"results\":[{\"flagged\":false},{\"flagged\":false}]}",
                "{\"results\":[{\"flagged\":false}"
            })
    void whatIsNoModerationIsNoJudgement(String answer) {
        assertThatExceptionOfType(BrokenOff.class)
                .isThrownBy(() -> judge(200, answer, "Hi"))
                .satisfies(broken -> assertThat(broken.failure().code()).isEqualTo(Failure.Code.SHIELD_FAILED));
    }

    @Test
    void anAnswerWithoutEndIsNoJudgement() {
        assertThatExceptionOfType(BrokenOff.class)
                .isThrownBy(() -> judge(200, "{\"results\":[{\"flagged\":false}]}" + " ".repeat(2_000_000), "Hi"));
    }

    @Test
    void anErrorIsNoJudgement() {
        assertThatExceptionOfType(BrokenOff.class)
                .isThrownBy(() -> judge(404, "{\"results\":[{\"flagged\":false}]}", "Hi"));
    }

    private Judgement judge(int status, String answer, String text) throws BrokenOff {
        ChatProxy provider = (endpoint, body, receiver, cancellation) -> {
            assertThat(endpoint).isEqualTo(ChatProxy.Endpoint.MODERATIONS);
            sent.add(new String(body, UTF_8));
            receiver.head(status, "application/json");
            byte[] bytes = answer.getBytes(UTF_8);
            receiver.bytes(bytes, 0, bytes.length);
        };
        return new ModerationEndpoint(provider)
                .judge(Owner.SOLE, SHIELD, Touchpoint.USER_INPUT, List.of(Message.User.of(text)), new Cancellation());
    }
}
