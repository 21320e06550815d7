package dev.parley.bootstrap.golden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses that end in calls of tools that clients run and that are no plain functions. */
@ExtendWith(OnStage.class)
class ClientToolResponsesTest {

    private final Stage stage;

    ClientToolResponsesTest(Stage stage) {
        this.stage = stage;
    }

    /** A tool that takes any text: the model calls a function with one parameter. */
    @Test
    void customTool() {
        String tools = """
            "tools":[{"type":"custom","name":"run_sql","description":"Runs SQL",
              "format":{"type":"grammar","syntax":"regex","definition":"SELECT .*"}}]\
            """;
        ResponseScenario.of(stage, "custom-tool")
                .model(
                        Replies.call("call_a", "run_sql", "{\"input\":\"SELECT \\\"a\\\"\\nFROM b\"}"),
                        Replies.text("One row."))
                .creates("\"input\":\"What is in b?\"," + tools)
                .creates("""
                    "input":[{"type":"custom_tool_call_output","call_id":"call_a","output":"1"}],
                    "previous_response_id":"<resp-1>",%s\
                    """.formatted(tools))
                .gets("/v1/responses/<resp-2>/input_items")
                .play();
    }

    /** Models are offered flat names, of at most 64 characters. */
    @Test
    void namespaces() {
        String longName = "find_" + "a_very_long_name_".repeat(4) + "indeed";
        String tools = """
            "tools":[{"type":"namespace","name":"crm","description":"The customers","tools":[
              {"type":"function","name":"find","description":"Finds one","strict":false,
                "parameters":{"type":"object","properties":{"id":{"type":"string"}}}},
              {"type":"function","name":"%s","parameters":{"type":"object","properties":{}}},
              {"type":"custom","name":"note"}]}]\
            """.formatted(longName);
        String hashed = "crm__find_a_very_long_name_a_very_long_name_a_very_long_943a6c4d";
        ResponseScenario.of(stage, "namespaces")
                .model(
                        Replies.call("call_a", "crm__find", "{\"id\":\"7\"}"),
                        Replies.calls("call_b", hashed, "{}", "call_c", "crm__note", "{\"input\":\"VIP\"}"),
                        Replies.text("Found."))
                .creates("\"input\":\"Find 7\"," + tools)
                .creates("\"input\":[" + CallResponsesTest.output("call_a", "Ada")
                        + "],\"previous_response_id\":\"<resp-1>\"," + tools)
                .creates("\"input\":[" + CallResponsesTest.output("call_b", "none")
                        + ",{\"type\":\"custom_tool_call_output\",\"call_id\":\"call_c\",\"output\":\"noted\"}"
                        + "],\"previous_response_id\":\"<resp-2>\"," + tools)
                .play();
    }

    @Test
    void localShell() {
        String tools = "\"tools\":[{\"type\":\"local_shell\"}]";
        ResponseScenario.of(stage, "local-shell")
                .model(
                        Replies.call("call_a", "local_shell", "{\"command\":[\"ls\",\"-l\"],\"timeout_ms\":1000}"),
                        Replies.text("Empty."))
                .creates("\"input\":\"What is here?\"," + tools)
                .creates("""
                    "input":[{"type":"local_shell_call_output","id":"call_a","output":"{\\"stdout\\":\\"\\"}"}],
                    "previous_response_id":"<resp-1>",%s\
                    """.formatted(tools))
                .gets("/v1/responses/<resp-2>/input_items")
                .play();
    }

    @Test
    void shell() {
        String tools = "\"tools\":[{\"type\":\"shell\",\"environment\":{\"type\":\"local\"}}]";
        ResponseScenario.of(stage, "shell")
                .model(
                        Replies.call("call_a", "shell", "{\"commands\":[\"ls -l\"],\"max_output_length\":100}"),
                        Replies.text("Empty."))
                .creates("\"input\":\"What is here?\"," + tools)
                .creates("""
                    "input":[{"type":"shell_call_output","call_id":"call_a","max_output_length":100,
                      "output":[{"stdout":"","stderr":"","outcome":{"type":"exit","exit_code":0}}]}],
                    "previous_response_id":"<resp-1>",%s\
                    """.formatted(tools))
                .gets("/v1/responses/<resp-2>/input_items")
                .play();
    }

    @Test
    void applyPatch() {
        String tools = "\"tools\":[{\"type\":\"apply_patch\"}]";
        ResponseScenario.of(stage, "apply-patch")
                .model(
                        Replies.call(
                                "call_a",
                                "apply_patch",
                                "{\"type\":\"update_file\",\"path\":\"a.txt\",\"diff\":\"@@\\n-a\\n+b\"}"),
                        Replies.text("Done."))
                .creates("\"input\":\"Change a to b\"," + tools)
                .creates("""
                    "input":[{"type":"apply_patch_call_output","call_id":"call_a","status":"completed","output":"ok"}],
                    "previous_response_id":"<resp-1>",%s\
                    """.formatted(tools))
                .gets("/v1/responses/<resp-2>/input_items")
                .play();
    }
}
