package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ToolCallScenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses that end in calls of the client's functions, in every form that engines give them. */
@ExtendWith(OnStage.class)
class CallResponsesTest {

    static final String TOOLS = """
        "tools":[{"type":"function","name":"get_weather","description":"The weather","strict":true,"parameters":\
        {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}},\
        {"type":"function","name":"get_time"}]\
        """;

    private final Stage stage;

    CallResponsesTest(Stage stage) {
        this.stage = stage;
    }

    /** The answer comes with the id of the response, or with all that there was. */
    @Test
    void functionCall() {
        ResponseScenario.of(stage, "function-call")
                .model(ToolCallScenario.OPENAI_CALL.reply(), Replies.text("It rains."), Replies.text("It rains."))
                .creates("\"input\":\"Weather?\"," + TOOLS)
                .creates("\"input\":[" + output("call_a", "Rain") + "],\"previous_response_id\":\"<resp-1>\"," + TOOLS)
                .creates("""
                    "input":[{"role":"user","content":"Weather?"},
                      {"type":"function_call","id":"fc_<resp-1>o00n00","status":"completed","call_id":"call_a",
                        "name":"get_weather","arguments":"{\\"city\\":\\"Paris\\"}"},
                      {"type":"function_call_output","status":"completed","call_id":"call_a","output":[
                        {"type":"input_text","text":"Rain"}]}],%s\
                    """.formatted(TOOLS))
                .play();
    }

    @Test
    void textBeforeCalls() {
        ResponseScenario.of(stage, "text-before-call")
                .model(ToolCallScenario.TEXT_BEFORE.reply(), Replies.text("Rain."))
                .creates("\"input\":\"Weather?\"," + TOOLS)
                .creates("\"input\":[" + output("call_a", "Rain") + "],\"previous_response_id\":\"<resp-1>\"," + TOOLS)
                .play();
    }

    @Test
    void whitespaceAroundCalls() {
        ResponseScenario.of(stage, "whitespace-around-call")
                .model(ToolCallScenario.WHITESPACE_AROUND.reply())
                .creates("\"input\":\"Weather?\"," + TOOLS)
                .play();
    }

    @Test
    void parallelCalls() {
        ResponseScenario.of(stage, "parallel-calls")
                .model(ToolCallScenario.PARALLEL_INTERLEAVED.reply(), Replies.text("Rain, at noon."))
                .creates("\"input\":\"Weather and time?\"," + TOOLS)
                .creates("\"input\":[" + output("call_b", "12:00") + "," + output("call_a", "Rain")
                        + "],\"previous_response_id\":\"<resp-1>\"," + TOOLS)
                .play();
    }

    /** Ollama numbers every call 0. */
    @Test
    void parallelCallsAtIndexZero() {
        ResponseScenario.of(stage, "parallel-calls-index-zero")
                .model(
                        ToolCallScenario.PARALLEL_ALL_INDEX_ZERO.reply(),
                        ToolCallScenario.PARALLEL_SAME_TOOL_INDEX_ZERO.reply(),
                        ToolCallScenario.INDEX_FROM_ONE.reply())
                .creates("\"input\":\"Weather and time?\"," + TOOLS)
                .creates("\"input\":\"Weather, twice?\"," + TOOLS)
                .creates("\"input\":\"From one?\"," + TOOLS)
                .play();
    }

    /** Engines that count their calls anew in every answer, or give all the same id. */
    @Test
    void idsThatComeAgain() {
        ResponseScenario.of(stage, "call-ids-that-come-again")
                .model(
                        Replies.call("call_0", "get_weather", "{\"city\":\"Paris\"}"),
                        Replies.calls(
                                "call_0",
                                "get_weather",
                                "{\"city\":\"Rome\"}",
                                "call_0",
                                "get_time",
                                "{\"zone\":\"CET\"}"),
                        Replies.calls(Reply.stream().opening().toolCall(0, "", "get_time", "{}")),
                        Replies.text("Done."))
                .creates("\"input\":\"Weather?\"," + TOOLS)
                .creates("\"input\":[" + output("call_0", "Rain") + "],\"previous_response_id\":\"<resp-1>\"," + TOOLS)
                .creates("\"input\":[" + output("<call-1>", "Sun") + "," + output("<call-2>", "12:00")
                        + "],\"previous_response_id\":\"<resp-2>\"," + TOOLS)
                .creates("\"input\":[" + output("<call-3>", "12:01") + "],\"previous_response_id\":\"<resp-3>\","
                        + TOOLS)
                .play();
    }

    /** Whole, as an object, as nothing in three ways, before the name, and none at all that is JSON. */
    @Test
    void arguments() {
        ResponseScenario.of(stage, "arguments")
                .model(
                        ToolCallScenario.ARGUMENTS_WHOLE.reply(),
                        ToolCallScenario.ARGUMENTS_OBJECT.reply(),
                        ToolCallScenario.ARGUMENTS_EMPTY.reply(),
                        ToolCallScenario.ARGUMENTS_NULL.reply(),
                        ToolCallScenario.ARGUMENTS_ABSENT.reply(),
                        ToolCallScenario.ARGUMENTS_BEFORE_NAME.reply())
                .creates("\"input\":\"Whole?\"," + TOOLS)
                .creates("\"input\":\"An object?\"," + TOOLS)
                .creates("\"input\":\"Empty?\"," + TOOLS)
                .creates("\"input\":\"Null?\"," + TOOLS)
                .creates("\"input\":\"Absent?\"," + TOOLS)
                .creates("\"input\":\"Too early?\"," + TOOLS)
                .play();
    }

    /** The client is told what the model wrote, and tells the model. */
    @Test
    void malformedArguments() {
        ResponseScenario.of(stage, "malformed-arguments")
                .model(ToolCallScenario.ARGUMENTS_MALFORMED.reply(), Replies.text("Sorry."))
                .creates("\"input\":\"Weather?\"," + TOOLS)
                .creates("\"input\":[" + output("call_a", "That was no JSON")
                        + "],\"previous_response_id\":\"<resp-1>\"," + TOOLS)
                .play();
    }

    /** The model is told that there is no such tool. */
    @Test
    void madeUpTool() {
        ResponseScenario.of(stage, "made-up-tool")
                .model(Replies.call("call_x", "get_moon", "{}"), Replies.text("I can not."))
                .creates("\"input\":\"Moon?\"," + TOOLS)
                .play();
    }

    @Test
    void oneCallAtATime() {
        ResponseScenario.of(stage, "one-call-at-a-time")
                .model(ToolCallScenario.PARALLEL.reply())
                .creates("\"input\":\"Weather and time?\",\"parallel_tool_calls\":false," + TOOLS)
                .play();
    }

    @Test
    void choices() {
        ResponseScenario.of(stage, "tool-choice")
                .model(
                        Replies.text("No tools."),
                        ToolCallScenario.FINISH_STOP.reply(),
                        ToolCallScenario.OPENAI_CALL.reply(),
                        Replies.text("Only time."))
                .creates("\"input\":\"None\",\"tool_choice\":\"none\"," + TOOLS)
                .creates("\"input\":\"This\",\"tool_choice\":{\"type\":\"function\",\"name\":\"get_weather\"}," + TOOLS)
                .creates("\"input\":\"Any\",\"tool_choice\":\"required\"," + TOOLS)
                .creates("""
                    "input":"Some","tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"get_time"}]},%s\
                    """.formatted(TOOLS))
                .play();
    }

    static String output(String call, String text) {
        return "{\"type\":\"function_call_output\",\"call_id\":\"%s\",\"output\":\"%s\"}".formatted(call, text);
    }
}
