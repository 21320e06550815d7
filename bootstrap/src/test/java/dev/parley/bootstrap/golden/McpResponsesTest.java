package dev.parley.bootstrap.golden;

import static dev.parley.bootstrap.golden.HostedResponsesTest.tools;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses with servers of tools: what they list, what is called, and what the user is asked before (responses-api 4.2, 9.5). */
@ExtendWith(OnStage.class)
class McpResponsesTest {

    private static final String SHELF = server("shelf", "\"never\"");
    private static final String GUARDED = server("shelf", "\"always\"");
    private static final String GET_TIME = "{\"type\":\"function\",\"name\":\"get_time\"}";

    private final Stage stage;

    McpResponsesTest(Stage stage) {
        this.stage = stage;
    }

    /** The list is told once in a chain; the keys are told nowhere. */
    @Test
    void listAndCall() {
        String shelf = """
            {"type":"mcp","server_label":"shelf","server_url":"https://shelf.example","authorization":"a-secret",\
            "headers":{"X-Key":"another-secret"},"allowed_tools":["find","read_label"],"require_approval":"never"}\
            """;
        ResponseScenario.of(stage, "mcp-call")
                .model(
                        Replies.call("call_a", "shelf__find", "{\"what\":\"apples\"}"),
                        Replies.text("On the left."),
                        Replies.call("call_b", "shelf__read_label", "{}"),
                        Replies.text("Apples."))
                .creates("\"input\":\"Where?\"," + tools(shelf))
                .creates("\"input\":\"What?\",\"previous_response_id\":\"<resp-1>\"," + tools(shelf))
                .gets("/v1/responses/<resp-1>?stream=true&include_obfuscation=false")
                .gets("/v1/responses/<resp-2>/input_items?order=asc")
                .play();
    }

    /** One that fails by itself, one whose server says why, one that breaks. */
    @Test
    void callsThatFail() {
        ResponseScenario.of(stage, "mcp-call-fails")
                .model(
                        Replies.call("call_a", "ruins__gives_up", "{}"),
                        Replies.calls("call_b", "moon__look", "{}", "call_c", "ruins__throws", "{}"),
                        Replies.text("Nothing works."))
                .creates("\"input\":\"Try\"," + tools(server("ruins", "\"never\""), server("moon", "\"never\"")))
                .gets("/v1/responses/<resp-1>?stream=true&include_obfuscation=false")
                .play();
    }

    @Test
    void listingThatFails() {
        ResponseScenario.of(stage, "mcp-listing-fails")
                .creates("\"input\":\"Try\"," + tools(server("down", "\"never\"")))
                .play();
    }

    @Test
    void listingThatFailsBesideAnotherTool() {
        ResponseScenario.of(stage, "mcp-listing-fails-beside")
                .model(Replies.text("It is noon."))
                .creates("\"input\":\"Try\"," + tools(server("down", "\"never\""), GET_TIME))
                .gets("/v1/responses/<resp-1>?stream=true&include_obfuscation=false")
                .play();
    }

    @Test
    void approved() {
        ResponseScenario.of(stage, "mcp-approved")
                .model(
                        Replies.call("call_a", "shelf__erase", "{\"what\":\"apples\"}"),
                        Replies.text("Erased."),
                        Replies.text("You are welcome."))
                .creates("\"input\":\"Erase\"," + tools(GUARDED))
                .creates(decision("mcpr_<resp-1>o01n00", "true") + tools(GUARDED))
                .creates("\"input\":\"Thanks\",\"previous_response_id\":\"<resp-2>\"," + tools(GUARDED))
                .gets("/v1/responses/<resp-2>?stream=true&include_obfuscation=false")
                .gets("/v1/responses/<resp-3>/input_items?order=asc")
                .play();
    }

    /** Clients that keep their history themselves send back what they were told, and the list with it. */
    @Test
    void approvedWithoutStoring() {
        ResponseScenario.of(stage, "mcp-approved-not-stored")
                .model(Replies.call("call_a", "shelf__erase", "{\"what\":\"apples\"}"), Replies.text("Erased."))
                .creates("\"input\":\"Erase\",\"store\":false," + tools(GUARDED))
                .creates("""
                    "store":false,"input":[{"role":"user","content":"Erase"},
                      {"type":"mcp_list_tools","id":"mcpl_<resp-1>o00n00","server_label":"shelf","tools":[
                        {"name":"erase","description":"What erase does","input_schema":{"type":"object","properties":{}}}]},
                      {"type":"mcp_approval_request","id":"mcpr_<resp-1>o01n00","server_label":"shelf","name":"erase",
                        "arguments":"{\\"what\\":\\"apples\\"}"},
                      {"type":"mcp_approval_response","approval_request_id":"mcpr_<resp-1>o01n00","approve":true}],%s\
                    """.formatted(tools(GUARDED)))
                .play();
    }

    @Test
    void denied() {
        ResponseScenario.of(stage, "mcp-denied")
                .model(Replies.call("call_a", "shelf__erase", "{\"what\":\"apples\"}"), Replies.text("I leave them."))
                .creates("\"input\":\"Erase\"," + tools(GUARDED))
                .creates("""
                    "input":[{"type":"mcp_approval_response","approval_request_id":"mcpr_<resp-1>o01n00","approve":false,"reason":"Not now."}],\
                    "previous_response_id":"<resp-1>",%s\
                    """.formatted(tools(GUARDED)))
                .play();
    }

    @Test
    void decisionsThatCantBe() {
        ResponseScenario.of(stage, "mcp-decisions-that-cant-be")
                .model(Replies.call("call_a", "shelf__erase", "{}"))
                .creates("\"input\":\"Erase\"," + tools(GUARDED))
                .creates(decision("mcpr_unknown", "true") + tools(GUARDED))
                .creates(decision("mcpr_<resp-1>o01n00", "true") + tools(GET_TIME))
                .play();
    }

    /** What is neither to be asked about nor not is asked about. */
    @Test
    void someAreAskedAbout() {
        String some = server("shelf", "{\"never\":{\"read_only\":true}}");
        ResponseScenario.of(stage, "mcp-some-approved")
                .model(
                        Replies.calls("call_a", "shelf__read_label", "{}", "call_b", "shelf__erase", "{}"),
                        Replies.text("Erased."))
                .creates("\"input\":\"Read and erase\"," + tools(some))
                .creates(decision("mcpr_<resp-1>o01n00", "true") + tools(some))
                .play();
    }

    @Test
    void besideASearchAndACallForTheClient() {
        String all = tools(HostedResponsesTest.WEB_SEARCH, SHELF, GET_TIME);
        ResponseScenario.of(stage, "mcp-mixed-calls")
                .model(
                        Replies.calls("call_a", "search", "{\"query\":\"pulse\"}", "call_b", "shelf__find", "{}"),
                        Replies.calls("call_c", "shelf__read_label", "{}", "call_d", "get_time", "{}"),
                        Replies.text("At noon it is 60, on the left."))
                .creates("\"input\":\"All\"," + all)
                .creates("\"input\":[" + CallResponsesTest.output("call_d", "12:00")
                        + "],\"previous_response_id\":\"<resp-1>\"," + all)
                .play();
    }

    @Test
    void inTheBackground() {
        stage.models().enqueue("mcp", Replies.call("call_a", "shelf__find", "{}"), Replies.text("On the left."));
        BackgroundResponsesTest.checkPolled(stage, "mcp", "\"input\":\"Where?\"," + tools(SHELF));
    }

    private static String server(String label, String approval) {
        return "{\"type\":\"mcp\",\"server_label\":\"%s\",\"server_url\":\"https://%s.example\",\"require_approval\":%s}"
                .formatted(label, label, approval);
    }

    /** Of what was asked in the response before. */
    private static String decision(String question, String approve) {
        return """
            "input":[{"type":"mcp_approval_response","approval_request_id":"%s","approve":%s}],"previous_response_id":"<resp-1>",\
            """.formatted(question, approve);
    }
}
