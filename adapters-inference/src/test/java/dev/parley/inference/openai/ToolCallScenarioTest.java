package dev.parley.inference.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Inference.Answer;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.inference.testing.ToolCallScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every form of tool calls that engines were seen to send. */
class ToolCallScenarioTest {

    private static final String PARIS = "{\"city\":\"Paris\"}";
    private static final String CET = "{\"zone\":\"CET\"}";

    @ParameterizedTest
    @EnumSource
    void isUnderstood(ToolCallScenario scenario) throws BrokenOff {
        try (Trial trial = Trial.of(scenario.reply())) {
            Answer answer = trial.ask();

            assertThat(answer.message()).isEqualTo(expected(scenario, answer.message()));
            assertThat(toldCalls(trial)).isEqualTo(answer.message().toolCalls());
            assertThat(trial.progress.text()).isEqualTo(answer.message().text());
        }
    }

    private static Message.Assistant expected(ToolCallScenario scenario, Message.Assistant seen) {
        return switch (scenario) {
            case OPENAI_CALL,
                    OLLAMA_CALL,
                    FINISH_BESIDE_CALL,
                    FINISH_FUNCTION_CALL,
                    ID_REPEATED,
                    NAME_REPEATED,
                    NAME_SPLIT,
                    ARGUMENTS_BEFORE_NAME -> calling(weather("call_a"));
            case VLLM_CALL, FINISH_STOP, WHITESPACE_AROUND, NAME_EMPTY_LATER -> calling(weather("chatcmpl-tool-a"));
            case LLAMA_CPP_CALL -> calling(weather("SKUdxLTPmJBEwsIbOS9eWNkGKEdVYQ0f"));
            case TEXT_BEFORE -> with("Let me look.", "", weather("call_a"));
            case REASONING_BEFORE -> with("", "The weather, then.", weather("chatcmpl-tool-a"));
            case PARALLEL,
                    PARALLEL_INTERLEAVED,
                    PARALLEL_ALL_INDEX_ZERO,
                    INDEX_MISSING,
                    INDEX_MISSING_FRAGMENTS,
                    INDEX_FROM_ONE -> calling(weather("call_a"), time("call_b"));
            case PARALLEL_IN_ONE_CHUNK -> calling(weather("chatcmpl-tool-a"), time("chatcmpl-tool-b"));
            case PARALLEL_SAME_TOOL_INDEX_ZERO -> calling(weather("call_a"), weather("call_b"));
            case ID_MISSING, ID_EMPTY -> calling(weather(minted(seen)));
            case ID_CHANGES -> calling(weather("functions.get_weather:0"));
            case ARGUMENTS_OBJECT -> calling(weather("call_a", "{\"city\":\"Paris\",\"days\":1.10}"));
            case ARGUMENTS_WHOLE -> calling(weather("call_a", "{\"city\": \"Paris\"}"));
            case ARGUMENTS_EMPTY, ARGUMENTS_NULL, ARGUMENTS_ABSENT, ARGUMENTS_EMPTY_OBJECT ->
                calling(weather("call_a", "{}"));
            case ARGUMENTS_MALFORMED -> calling(malformed("{\"city\": Paris}"));
            case ARGUMENTS_CUT_BY_LENGTH ->
                new Message.Assistant(
                        "", Optional.empty(), List.of(malformed("{\"city\":\"Par")), StopReason.OUT_OF_TOKENS);
        };
    }

    private static Message.Assistant calling(ToolCall... calls) {
        return with("", "", calls);
    }

    private static Message.Assistant with(String text, String reasoning, ToolCall... calls) {
        return new Message.Assistant(
                text, Optional.of(reasoning).filter(told -> !told.isEmpty()), List.of(calls), StopReason.END_OF_TURN);
    }

    private static ToolCall weather(String id) {
        return weather(id, PARIS);
    }

    private static ToolCall weather(String id, String arguments) {
        return new ToolCall(id, "get_weather", new ToolArguments.Json(arguments));
    }

    private static ToolCall malformed(String arguments) {
        return new ToolCall("call_a", "get_weather", new ToolArguments.Malformed(arguments));
    }

    private static ToolCall time(String id) {
        return new ToolCall(id, "get_time", new ToolArguments.Json(CET));
    }

    /** The id of a call that came without one: any that a provider takes back. */
    private static String minted(Message.Assistant seen) {
        String id = seen.toolCalls().getFirst().callId();
        assertThat(id).matches("[A-Za-z0-9]{9}");
        return id;
    }

    /** The calls as a reader of the deltas can put them together. */
    private static List<ToolCall> toldCalls(Trial trial) {
        List<ToolCall> calls = new ArrayList<>();
        List<Delta.CallOpened> open = new ArrayList<>();
        StringBuilder arguments = new StringBuilder();
        for (Delta delta : trial.progress.deltas()) {
            switch (delta) {
                case Delta.CallOpened opened -> {
                    assertThat(open).as("open calls").isEmpty();
                    open.add(opened);
                }
                case Delta.CallArguments(String fragment) -> arguments.append(fragment);
                case Delta.CallClosed(ToolCall call) -> {
                    assertThat(open).containsExactly(new Delta.CallOpened(call.callId(), call.toolName()));
                    assertThat(arguments.toString()).isEqualTo(call.arguments().text());
                    calls.add(call);
                    open.clear();
                    arguments.setLength(0);
                }
                case Delta.Text _, Delta.ScoredText _, Delta.Refused _, Delta.Reasoning _ ->
                    assertThat(open).isEmpty();
                case Delta.CallRunning _, Delta.PartialImage _, Delta.Cited _ ->
                    throw new AssertionError("a model runs nothing");
            }
        }
        return calls;
    }
}
