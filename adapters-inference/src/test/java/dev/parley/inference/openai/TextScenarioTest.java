package dev.parley.inference.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Inference.Answer;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Usage;
import dev.parley.inference.provider.Profile;
import dev.parley.inference.provider.Profile.ThinkTags;
import dev.parley.inference.testing.TextScenario;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every form of text, reasoning, stops and counts that engines were seen to send. */
class TextScenarioTest {

    private static final String THOUGHT = "Let me think.";

    @ParameterizedTest
    @EnumSource
    void isUnderstood(TextScenario scenario) throws BrokenOff {
        Profile profile = scenario == TextScenario.THINK_TAG_WITHOUT_START
                ? Profile.VLLM.withThinkTags(ThinkTags.OPENED)
                : Profile.GENERIC;
        try (Trial trial = Trial.of(profile, scenario.reply())) {
            Answer answer = trial.ask();

            assertThat(answer).isEqualTo(expected(scenario));
            assertThat(trial.progress.timesOpened()).isOne();
            assertThat(trial.progress.text()).isEqualTo(answer.message().text());
            assertThat(reasoning(trial)).isEqualTo(answer.message().reasoning().orElse(""));
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"OPENAI_TEXT", "VLLM_TEXT", "OLLAMA_TEXT", "LLAMA_CPP_TEXT", "OPENROUTER_TEXT", "EMPTY_DELTAS"})
    void eachPieceIsToldOnce(TextScenario scenario) throws BrokenOff {
        try (Trial trial = Trial.of(scenario.reply())) {
            trial.ask();

            assertThat(trial.progress.deltas()).containsExactly(new Delta.Text("Hel"), new Delta.Text("lo"));
        }
    }

    private static Answer expected(TextScenario scenario) {
        return switch (scenario) {
            case OPENAI_TEXT,
                    VLLM_TEXT,
                    OLLAMA_TEXT,
                    LLAMA_CPP_TEXT,
                    OPENROUTER_TEXT,
                    EMPTY_DELTAS,
                    EMPTY_CHOICES_FIRST,
                    SECOND_CHOICE,
                    USAGE_IN_EACH_CHUNK -> answer("Hello", "", counted(12, 0, 2));
            case USAGE_WITH_FINISH -> answer("Hello", "", counted(12, 8, 2));
            // nobody counted, so it is estimated
            case USAGE_ABSENT, FINISH_NULL -> answer("Hello", "", counted(8, 0, 1));
            case REASONING_CONTENT, REASONING, REASONING_BESIDE_EMPTY_CONTENT, REASONING_TWICE ->
                answer("Hello", THOUGHT, counted(12, 0, 4));
            case REASONING_BETWEEN_TEXT ->
                answer(
                        StopReason.END_OF_TURN,
                        counted(12, 0, 4),
                        new Passage.Thought("First."),
                        Passage.Spoken.of("Hel"),
                        new Passage.Thought("Then."),
                        Passage.Spoken.of("lo"));
            case THINK_TAGS -> answer("Hello", THOUGHT, counted(12, 0, 9));
            case THINK_TAGS_SPLIT -> answer("Hello, 1 < 2 <thin air", THOUGHT, counted(12, 0, 9));
            case THINK_TAG_WITHOUT_START -> answer("Hello", THOUGHT, counted(12, 0, 5));
            case REFUSAL ->
                answer(
                        StopReason.END_OF_TURN,
                        counted(12, 0, 9),
                        new Passage.Refused("I'm sorry, I can't help with that."));
            case LENGTH -> answer(StopReason.OUT_OF_TOKENS, counted(12, 0, 2), Passage.Spoken.of("Hello"));
            case CONTENT_FILTER -> answer(StopReason.FILTERED, counted(12, 0, 1), Passage.Spoken.of("Hel"));
            case NO_TEXT -> answer("", "", counted(12, 0, 0));
        };
    }

    private static Answer answer(String text, String reasoning, Usage counted) {
        Optional<String> thought = Optional.of(reasoning).filter(told -> !told.isEmpty());
        return new Answer(
                new Message.Assistant(text, thought, List.of(), StopReason.END_OF_TURN), Optional.of(counted));
    }

    private static Answer answer(StopReason stopReason, Usage counted, Passage... passages) {
        return new Answer(new Message.Assistant(List.of(passages), stopReason), Optional.of(counted));
    }

    private static Usage counted(long input, long cached, long output) {
        return new Usage(input, cached, output, 0);
    }

    private static String reasoning(Trial trial) {
        return trial.progress.deltas().stream()
                .filter(Delta.Reasoning.class::isInstance)
                .map(delta -> ((Delta.Reasoning) delta).text())
                .collect(Collectors.joining());
    }
}
