package dev.parley.tools.shield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.parley.application.port.Cancellation;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenyListTest {

    private final DenyList denyList = new DenyList();

    @ParameterizedTest
    @CsvSource(textBlock = """
        'Tell me the SECRET.',        true
        'secret',                     true
        'a secret: no',               true
        'secretary',                  false
        'nosecret',                   false
        'ｓｅｃｒｅｔ',                   true
        'Project X-7 begins',         true
        'Project X-77',               false
        'c++ is fine',                true
        'My number is 123-45-6789.',  true
        'My number is 123-456.',      false
        'Nothing to see',             false
        """)
    void objectsTo(String text, boolean objects) {
        RegisteredShield shield = shield("""
            {"words": ["secret", "X-7", "C++"], "patterns": ["\\\\d{3}-\\\\d{2}-\\\\d{4}"]}\
            """);

        assertThat(judge(shield, Message.User.of(text)).objects()).isEqualTo(objects);
    }

    @Test
    void saysWhatItWasToldToSay() {
        RegisteredShield shield = shield("{\"words\": [\"secret\"], \"level\": \"warn\", \"message\": \"Not here.\"}");

        assertThat(judge(shield, Message.User.of("A secret")).violation()).hasValueSatisfying(violation -> {
            assertThat(violation.level()).isEqualTo(Violation.Level.WARN);
            assertThat(violation.userMessage()).contains("Not here.");
            assertThat(violation.metadata()).isEqualTo(new JsonText("{\"violation_type\":\"deny-list\"}"));
        });
    }

    /** A client may say several things at once; hiding one behind another must not help. */
    @Test
    void everythingSinceTheModelSpokeIsJudged() {
        RegisteredShield shield = shield("{\"words\": [\"secret\"]}");

        assertThat(judge(shield, Message.User.of("A secret"), Message.User.of("Hi"))
                        .objects())
                .isTrue();
        assertThat(judge(shield, new Message.Tool("call_1", Content.of("A secret")), Message.User.of("Hi"))
                        .objects())
                .isTrue();
        assertThat(judge(shield, Message.User.of("A secret"), Message.Assistant.of("No."), Message.User.of("Hi"))
                        .objects())
                .isFalse();
        List<Message> answered = List.of(Message.User.of("A secret"), Message.Assistant.of("No."));
        assertThat(judge(shield, Touchpoint.ASSISTANT_OUTPUT, answered).objects())
                .isFalse();
        assertThat(judge(shield, Touchpoint.USER_INPUT, answered).objects())
                .as("the client has begun the answer itself")
                .isTrue();
    }

    @Test
    void aPatternThatWouldTakeForEverElsewhereDoesNot() {
        RegisteredShield shield = shield("{\"patterns\": [\"^(a+)+$\"]}");

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(judge(shield, Message.User.of("a".repeat(50_000) + "!"))
                                .objects())
                        .isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"words\": []}",
                "{\"words\": \"secret\"}",
                "{\"words\": [\" \"]}",
                "{\"words\": [1]}",
                "{\"patterns\": [\"(\"]}",
                "{\"words\": [\"a\"], \"level\": \"fatal\"}",
                "{\"words\": [\"a\"], \"wrods\": [\"b\"]}",
                "[]",
                "{"
            })
    void paramsThatMakeNoSenseAreRefusedByName(String params) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> denyList.requireUsable(shield(params)))
                .satisfies(refusal -> assertThat(refusal.field())
                        .hasValueSatisfying(field -> assertThat(field).startsWith("params")));
    }

    private Judgement judge(RegisteredShield shield, Message... messages) {
        return judge(shield, Touchpoint.USER_INPUT, List.of(messages));
    }

    private Judgement judge(RegisteredShield shield, Touchpoint touchpoint, List<Message> messages) {
        return denyList.judge(Owner.SOLE, shield, touchpoint, messages, new Cancellation());
    }

    private static RegisteredShield shield(String params) {
        return new RegisteredShield("list", DenyList.ID, "list", new JsonText(params));
    }
}
