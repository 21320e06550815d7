package dev.parley.persistence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.application.testing.AgentFixture;
import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.domain.turn.TurnState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyCodecTest {

    private final BodyCodec codec = new BodyCodec();

    @Test
    void aVersionThatIsNotKnownIsNamed() {
        String body = codec.write(new TurnState.Running());

        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> codec.readTurnState(BodyCodec.VERSION + 1, body))
                .withMessageContaining("written in version 3")
                .withMessageContaining("reads versions up to 2");
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> codec.readSteps("[{\"version\":7,\"step\":{\"type\":\"of the future\"}}]"))
                .withMessageContaining("written in version 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"type\":\"paused\"}", "{\"type\":\"failed\"}", "{\"type\":"})
    void whatThisParleyDoesNotWriteIsUnreadable(String body) {
        assertThatExceptionOfType(Unreadable.class).isThrownBy(() -> codec.readTurnState(BodyCodec.VERSION, body));
    }

    @ParameterizedTest
    @CsvSource({
        "'a\0b', 'a\uFFFDb'",
        "'\0\0', '\uFFFD\uFFFD'",
        "'\\\0', '\\\uFFFD'",
        "'\\u0000\0', '\\u0000\uFFFD'",
        "'\uD83Dx', '\uFFFDx'",
        "'\uDC4Dx', '\uFFFDx'",
        "'\uD83D\uD83D\uDC4D', '\uFFFD\uD83D\uDC4D'",
        "'\\uD83D\uDC4D', '\\uD83D\uFFFD'",
        "'\uD83D\uDC4D\u0001', '\uD83D\uDC4D\u0001'"
    })
    void whatTheDatabaseDoesNotTakeIsStoredAsTheReplacementCharacter(String text, String stored) {
        String body = codec.write(new TurnState.Completed(Message.Assistant.of(text)));

        assertThat(codec.readTurnState(BodyCodec.VERSION, body))
                .isEqualTo(new TurnState.Completed(Message.Assistant.of(stored)));
    }

    @Test
    void anAnswerOfVersion1IsWhatWasThoughtThenSaidThenCalled() {
        String step = """
            {"type":"inference","answer":{"text":"Let me see","reasoning":"hm","toolCalls":[{"callId":"c","toolName":"t",
             "arguments":{"type":"json","text":"{}"}}],"stopReason":"END_OF_TURN"},"usage":null,
             "period":{"start":"2025-04-28T21:06:00.000002Z","end":"2025-04-28T21:06:01Z"}}
            """;

        Step read =
                codec.readSteps("[{\"version\":1,\"step\":%s}]".formatted(step)).getFirst();

        ToolCall call = new ToolCall("c", "t", new ToolArguments.Json("{}"));
        assertThat(((Step.Inference) read).answer())
                .isEqualTo(
                        new Message.Assistant("Let me see", Optional.of("hm"), List.of(call), StopReason.END_OF_TURN));
    }

    @Test
    void aToolOfVersion1IsAFunctionUnderItsOwnName() {
        String spec = """
            {"model":"m","instructions":"","sampling":{"strategy":{"type":"greedy"},"maxTokens":0,"repetitionPenalty":1.0,
             "stop":null},"responseFormat":null,"tools":[{"definition":{"name":"measure","description":null,
             "input":{"type":"undeclared"},"metadata":null},"side":"CLIENT"}],"toolChoice":{"type":"auto"},
             "inputShields":[],"outputShields":[],"retrieveFrom":[],"maxInferenceSteps":10,"clientToolPolicy":"PAUSE"}
            """;

        TurnSpec read = codec.readTurnSpec(1, spec);

        assertThat(read.tools()).containsExactly(new OfferedTool(AgentFixture.tool("measure"), ToolSide.CLIENT));
        assertThat(read.options()).isEqualTo(ModelOptions.NONE);
        assertThat(read.terms()).isEmpty();
    }
}
