package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses with tools that the server runs itself, declared by their types (responses-api 4.2, 9.5). */
@ExtendWith(OnStage.class)
class HostedResponsesTest {

    static final String WEB_SEARCH = "{\"type\":\"web_search\"}";

    private static final String FILE_SEARCH = "{\"type\":\"file_search\",\"vector_store_ids\":[\"vs_1\"]}";
    private static final String INTERPRETER = "{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}";
    private static final String TELL = "/v1/responses/<resp-1>?stream=true&include_obfuscation=false";

    private final Stage stage;

    HostedResponsesTest(Stage stage) {
        this.stage = stage;
    }

    /** The answer names its sources by marks, which come in pieces; what comes after can't name them. */
    @Test
    void webSearch() {
        ResponseScenario.of(stage, "hosted-web-search")
                .model(
                        search("call_a", "pulse"),
                        Replies.text("Sources differ. It is 60", "【", "1】, or", " 70 【2", "】."),
                        Replies.text("As I said【1】."))
                .creates("\"input\":\"Pulse?\"," + tools(WEB_SEARCH))
                .creates("\"input\":\"Sure?\",\"previous_response_id\":\"<resp-1>\"," + tools(WEB_SEARCH))
                .gets("/v1/responses/<resp-1>?include%5B%5D=web_search_call.action.sources")
                .gets(TELL)
                .play();
    }

    /** The places that were searched are told where they are asked for. */
    @Test
    void webSearchWithSources() {
        ResponseScenario.of(stage, "hosted-web-search-sources")
                .model(
                        Reply.stream()
                                .opening()
                                .reasoning("reasoning", "I will look.")
                                .toolCall(0, "call_a", "search", "{\"queries\":[\"pulse\",\"heart\"]}")
                                .finish("tool_calls")
                                .usage(12, 9)
                                .done()
                                .end(),
                        Replies.text("60【1】"))
                .creates(
                        "\"input\":\"Pulse?\",\"include\":[\"web_search_call.action.sources\"],\"tool_choice\":\"required\","
                                + tools(
                                        "{\"type\":\"web_search\",\"search_context_size\":\"low\",\"user_location\":{\"type\":\"approximate\",\"country\":\"FR\"}}"))
                .gets(TELL)
                .play();
    }

    @Test
    void fileSearch() {
        ResponseScenario.of(stage, "hosted-file-search")
                .model(
                        Replies.call("call_a", "search_files", "{\"queries\":[\"apple\",\"pear\"]}"),
                        Replies.text("An apple has 140 g【1】."))
                .creates("\"input\":\"Weights?\"," + tools(FILE_SEARCH))
                .gets("/v1/responses/<resp-1>?include%5B%5D=file_search_call.results")
                .gets(TELL)
                .play();
    }

    @Test
    void fileSearchWithResults() {
        ResponseScenario.of(stage, "hosted-file-search-results")
                .model(
                        Replies.call("call_a", "search_files", "{\"queries\":[\"pear\"]}"),
                        Replies.text("A pear has 150 g【2】."))
                .creates("\"input\":\"Pear?\",\"include\":[\"file_search_call.results\"]," + tools(FILE_SEARCH))
                .gets("/v1/responses/<resp-1>")
                .play();
    }

    @Test
    void codeInterpreter() {
        ResponseScenario.of(stage, "hosted-code-interpreter")
                .model(
                        Replies.call("call_a", "run", "{\"code\":\"print(2 + 2)\"}"),
                        Replies.text("It is 4, see the file【1】."))
                .creates("\"input\":\"2 + 2?\"," + tools(INTERPRETER))
                .gets("/v1/responses/<resp-1>?include%5B%5D=code_interpreter_call.outputs")
                .gets(TELL)
                .play();
    }

    @Test
    void codeInterpreterWithOutputs() {
        ResponseScenario.of(stage, "hosted-code-interpreter-outputs")
                .model(Replies.call("call_a", "run", "{\"code\":\"print(2 + 2)\"}"), Replies.text("4"))
                .creates("\"input\":\"2 + 2?\",\"include\":[\"code_interpreter_call.outputs\"]," + tools(INTERPRETER))
                .play();
    }

    /** No more are run than the client allows, and the model is told so. */
    @Test
    void maxToolCalls() {
        ResponseScenario.of(stage, "hosted-max-tool-calls")
                .model(
                        search("call_a", "pulse"),
                        search("call_b", "heart"),
                        Replies.text("It is 60."),
                        Replies.calls(
                                "call_c",
                                "search",
                                "{\"query\":\"pulse\"}",
                                "call_d",
                                "search",
                                "{\"query\":\"heart\"}"),
                        Replies.text("It is 60."))
                .creates("\"input\":\"Pulse?\",\"max_tool_calls\":1," + tools(WEB_SEARCH))
                .creates("\"input\":\"At once?\",\"max_tool_calls\":1," + tools(WEB_SEARCH))
                .play();
    }

    /** What the server runs is run, what the client runs ends the response, and the next one has the answers of both. */
    @Test
    void serverAndClientCalls() {
        ResponseScenario.of(stage, "hosted-mixed-calls")
                .model(
                        Replies.calls(
                                "call_a",
                                "search",
                                "{\"query\":\"rain\"}",
                                "call_b",
                                "get_weather",
                                "{\"city\":\"Rome\"}"),
                        Replies.text("Rain."))
                .creates("\"input\":\"Weather?\","
                        + tools(WEB_SEARCH, "{\"type\":\"function\",\"name\":\"get_weather\"}"))
                .creates("\"input\":[" + CallResponsesTest.output("call_b", "Rain")
                        + "],\"previous_response_id\":\"<resp-1>\","
                        + tools(WEB_SEARCH, "{\"type\":\"function\",\"name\":\"get_weather\"}"))
                .gets("/v1/responses/<resp-2>/input_items?order=asc")
                .play();
    }

    /** Clients that keep their history themselves send back what they were told. */
    @Test
    void returns() {
        ResponseScenario.of(stage, "hosted-items-return")
                .model(search("call_a", "pulse"), Replies.text("60【1】."), Replies.text("Yes."))
                .creates("\"input\":\"Pulse?\",\"store\":false," + tools(WEB_SEARCH))
                .creates("""
                    "store":false,"input":[{"role":"user","content":"Pulse?"},
                      {"type":"web_search_call","id":"ws_<resp-1>o00n00","status":"completed",
                        "action":{"type":"search","query":"pulse","queries":["pulse"]}},
                      {"role":"user","content":"Sure?"}],%s\
                    """.formatted(tools(WEB_SEARCH)))
                .play();
    }

    @Test
    void inTheBackground() {
        stage.models().enqueue("web-search", search("call_a", "pulse"), Replies.text("It is 60【1】."));
        BackgroundResponsesTest.checkPolled(stage, "web-search", "\"input\":\"Pulse?\"," + tools(WEB_SEARCH));
    }

    private static Reply search(String id, String query) {
        return Replies.call(id, "search", "{\"query\":\"%s\"}".formatted(query));
    }

    static String tools(String... declared) {
        return "\"tools\":[%s]".formatted(String.join(",", declared));
    }
}
