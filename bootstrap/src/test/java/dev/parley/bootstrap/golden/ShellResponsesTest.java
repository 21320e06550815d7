package dev.parley.bootstrap.golden;

import static dev.parley.bootstrap.golden.HostedResponsesTest.tools;

import dev.parley.inference.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses with a shell that the server runs (responses-api 4.1, 9.5). */
@ExtendWith(OnStage.class)
class ShellResponsesTest {

    private static final String SHELL = "{\"type\":\"shell\",\"environment\":{\"type\":\"container_auto\"}}";
    private static final String TELL = "/v1/responses/<resp-1>?stream=true&include_obfuscation=false";

    private final Stage stage;

    ShellResponsesTest(Stage stage) {
        this.stage = stage;
    }

    /** The model gives the same id to two calls, and reads what they came to in this response and in the next. */
    @Test
    void commands() {
        ResponseScenario.of(stage, "hosted-shell")
                .model(
                        shell("call_a", "{\"commands\":[\"ls\",\"cat b.txt\"],\"max_output_length\":4096}"),
                        shell("call_a", "{\"commands\":[\"sleep 99\"],\"timeout_ms\":1000}"),
                        Replies.text("There is one file."),
                        Replies.text("Quite."))
                .creates("\"input\":\"What is here?\",\"tool_choice\":{\"type\":\"shell\"}," + tools(SHELL))
                .creates("\"input\":\"Sure?\",\"previous_response_id\":\"<resp-1>\"," + tools(SHELL))
                .gets("/v1/responses/<resp-2>/input_items?order=asc")
                .gets(TELL)
                .play();
    }

    /** A container of the client's own, and a tool that can't run anything in it. */
    @Test
    void commandsThatCantBeRun() {
        ResponseScenario.of(stage, "hosted-shell-fails")
                .model(
                        shell("call_a", "{\"commands\":[\"reboot\"]}"),
                        shell("call_b", "no JSON"),
                        Replies.text("A pity."))
                .creates(
                        "\"input\":\"Reboot\","
                                + tools(
                                        "{\"type\":\"shell\",\"environment\":{\"type\":\"container_reference\",\"container_id\":\"cntr_7\"}}"))
                .gets(TELL)
                .play();
    }

    /** The client answers its own calls; those of the server are answered already. */
    @Test
    void besideCallsForTheClient() {
        String declared = tools(SHELL, "{\"type\":\"function\",\"name\":\"get_weather\"}");
        ResponseScenario.of(stage, "hosted-shell-mixed-calls")
                .model(
                        Replies.calls(
                                "call_a",
                                "shell",
                                "{\"commands\":[\"ls\"]}",
                                "call_b",
                                "get_weather",
                                "{\"city\":\"Rome\"}"),
                        Replies.text("Rain."))
                .creates("\"input\":\"Weather?\"," + declared)
                .creates("\"input\":[" + CallResponsesTest.output("call_b", "Rain")
                        + "],\"previous_response_id\":\"<resp-1>\"," + declared)
                .play();
    }

    /** Clients that keep their history themselves send back what they were told. */
    @Test
    void returns() {
        ResponseScenario.of(stage, "hosted-shell-returns")
                .model(shell("call_a", "{\"commands\":[\"ls\"]}"), Replies.text("a.txt"), Replies.text("Yes."))
                .creates("\"input\":\"What is here?\",\"store\":false," + tools(SHELL))
                .creates("""
                    "store":false,"input":[{"role":"user","content":"What is here?"},
                      {"type":"shell_call","id":"sh_<resp-1>o01n00","status":"completed","call_id":"call_<resp-1>o01n00",
                        "action":{"commands":["ls"],"timeout_ms":null,"max_output_length":null},
                        "environment":{"type":"container_reference","container_id":"cntr_1"}},
                      {"type":"shell_call_output","id":"sho_<resp-1>o01n01","status":"completed","call_id":"call_<resp-1>o01n00",
                        "output":[{"stdout":"a.txt\\n","stderr":"","outcome":{"type":"exit","exit_code":0}}],"max_output_length":4096},
                      {"role":"user","content":"Sure?"}],%s\
                    """.formatted(tools(SHELL)))
                .play();
    }

    /** What is kept in a conversation is shown to the model again, answered by the ids that its items have. */
    @Test
    void inAConversation() {
        ResponseScenario.of(stage, "hosted-shell-conversation")
                .model(shell("call_a", "{\"commands\":[\"ls\"]}"), Replies.text("a.txt"), Replies.text("Yes."))
                .posts("/v1/conversations", "{}")
                .creates("\"input\":\"What is here?\",\"conversation\":\"<conv-1>\"," + tools(SHELL))
                .creates("\"input\":\"Sure?\",\"conversation\":\"<conv-1>\"," + tools(SHELL))
                .gets("/v1/conversations/<conv-1>/items?order=asc")
                .gets("/v1/conversations/<conv-1>/items/sh_<resp-1>o01n00")
                .play();
    }

    @Test
    void inTheBackground() {
        stage.models().enqueue("container-shell", shell("call_a", "{\"commands\":[\"ls\"]}"), Replies.text("a.txt"));
        BackgroundResponsesTest.checkPolled(stage, "container-shell", "\"input\":\"What is here?\"," + tools(SHELL));
    }

    private static Reply shell(String id, String arguments) {
        return Replies.call(id, "shell", arguments);
    }
}
