package dev.parley.inference.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Inference.Answer;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Usage;
import dev.parley.inference.testing.FramingScenario;
import dev.parley.inference.testing.TextScenario;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way in which a stream of events can be cut up, ended and adorned. */
class FramingScenarioTest {

    @ParameterizedTest
    @EnumSource
    void isRead(FramingScenario scenario) throws BrokenOff {
        try (Trial trial = Trial.of(scenario.reply())) {
            assertThat(trial.ask())
                    .isEqualTo(new Answer(Message.Assistant.of("Grüße 🦜"), Optional.of(new Usage(12, 0, 2, 0))));
        }
    }

    /** Whatever state the connection was left in; a request that crosses its closing is sent again at once. */
    @ParameterizedTest
    @EnumSource
    void theNextRequestIsAnswered(FramingScenario scenario) throws BrokenOff {
        try (Trial trial = Trial.of(scenario.reply(), TextScenario.VLLM_TEXT.reply())) {
            trial.ask();

            assertThat(trial.ask().message().text()).isEqualTo("Hello");
            assertThat(trial.pauses).isEmpty();
        }
    }
}
