package dev.parley.rest.responses;

import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.malformedCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.domain.Refusal;
import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Citation;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolFixture;
import dev.parley.domain.tool.ToolResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every form of every item, byte for byte (responses-api 3). */
final class ItemJsonTest {

    private static final ItemId ID = new ItemId("item_1");
    private static final JsonText NONE = new JsonText("[]");

    private final ItemJson json = new ItemJson((context, text) -> "sealed(" + context + ": " + text + ")");

    @Test
    void messagesOfTheClient() {
        Item said = said(
                Role.USER,
                new ItemPart.InputText("a \"b\"\n"),
                image(Optional.of("https://example.org/a.png"), Optional.empty(), Optional.of("low")),
                image(Optional.empty(), Optional.of("file-1"), Optional.empty()),
                new ItemPart.InputFile(
                        Optional.of("file-2"),
                        Optional.of("a.txt"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new ItemPart.InputFile(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("data:text/plain;base64,YQ=="),
                        Optional.of("https://example.org/a"),
                        Optional.of("high")));

        String images = """
            {"id":"item_1","type":"message","role":"user","status":"completed","content":[\
            {"type":"input_text","text":"a \\"b\\"\\n"},\
            {"type":"input_image","detail":"low"%s},\
            {"type":"input_image","detail":"auto","file_id":"file-1"},\
            {"type":"input_file","file_id":"file-2","filename":"a.txt"},\
            {"type":"input_file","file_data":"data:text/plain;base64,YQ==","file_url":"https://example.org/a","detail":"high"}]}\
            """;
        assertThat(of(said)).isEqualTo(images.formatted(""));
        assertThat(of(said, "message.input_image.image_url"))
                .isEqualTo(images.formatted(",\"image_url\":\"https://example.org/a.png\""));
    }

    @Test
    void messagesOfTheModel() {
        JsonText scores = new JsonText("[{\"token\":\"a\",\n\"logprob\":-0.10}]");
        Item said = new Item.Said(
                ID,
                Role.ASSISTANT,
                List.of(new ItemPart.OutputText("a", List.of(), scores), new ItemPart.Refused("no")),
                ItemStatus.INCOMPLETE,
                Optional.of("commentary"));

        String text = """
            {"id":"item_1","type":"message","role":"assistant","status":"incomplete","content":[\
            {"type":"output_text","text":"a","annotations":[],"logprobs":%s},\
            {"type":"refusal","refusal":"no"}],"phase":"commentary"}\
            """;
        assertThat(of(said)).isEqualTo(text.formatted("[]"));
        assertThat(of(said, "message.output_text.logprobs"))
                .isEqualTo(text.formatted("[{\"token\":\"a\",\"logprob\":-0.10,\"bytes\":[97],\"top_logprobs\":[]}]"));
        assertThat(of(said(Role.DEVELOPER))).isEqualTo("""
            {"id":"item_1","type":"message","role":"developer","status":"completed","content":[]}\
            """);
    }

    @Test
    void thoughts() {
        Item thought = new Item.Thought(ID, List.of("In short"), List.of("At", "length"), Optional.empty());

        assertThat(of(thought)).isEqualTo("""
            {"id":"item_1","type":"reasoning","summary":[{"type":"summary_text","text":"In short"}],\
            "content":[{"type":"reasoning_text","text":"At"},{"type":"reasoning_text","text":"length"}]}\
            """);
        assertThat(of(thought, "reasoning.encrypted_content"))
                .endsWith(",\"encrypted_content\":\"sealed(reasoning: At\\nlength)\"}");
        Item brought = new Item.Thought(ID, List.of(), List.of(), Optional.of("a seal"));
        assertThat(of(brought)).isEqualTo("{\"id\":\"item_1\",\"type\":\"reasoning\",\"summary\":[]}");
        assertThat(of(brought, "reasoning.encrypted_content")).isEqualTo("""
            {"id":"item_1","type":"reasoning","summary":[],"encrypted_content":"a seal"}\
            """);
        assertThat(json.cutOff(thought, Includes.NONE).text()).endsWith(",\"status\":\"incomplete\"}");
    }

    @Test
    void callsOfFunctionsAndCustomTools() {
        ToolCall measure = call("call_1", "body__measure", "{\"unit\": \"mmHg\"}");

        assertThat(of(called(new CallForm.Function("measure", Optional.of("body")), measure)))
                .isEqualTo("""
                    {"id":"item_1","type":"function_call","status":"completed","call_id":"call_1","name":"measure",\
                    "arguments":"{\\"unit\\": \\"mmHg\\"}","namespace":"body"}\
                    """);
        assertThat(of(called(
                        new CallForm.Custom("write", Optional.empty()),
                        call("call_2", "write", "{\"input\":\"a\\n\\\"b\\\"\"}"))))
                .isEqualTo("""
                    {"id":"item_1","type":"custom_tool_call","status":"completed","call_id":"call_2","name":"write",\
                    "input":"a\\n\\"b\\""}\
                    """);
        assertThat(of(called(
                        new CallForm.Custom("write", Optional.empty()),
                        malformedCall("call_2", "write", "{\"input\":\"a"))))
                .contains("\"input\":\"{\\\"input\\\":\\\"a\"");
    }

    @Test
    void whatNoRequestMayHoldAModelMayWrite() {
        ToolCall call = call("call_2", "write", "{\"input\":\"\\u0000\\ud83d\"}");

        assertThat(of(called(new CallForm.Custom("write", Optional.empty()), call)))
                .endsWith("\"input\":\"\\u0000\ud83d\"}");
    }

    @Test
    void callsOfToolsWithAFormOfTheirOwn() {
        assertThat(of(builtIn(CallKind.LOCAL_SHELL, "{\"command\":[\"ls\"],\n\"timeout_ms\":5}")))
                .isEqualTo("""
                    {"id":"item_1","type":"local_shell_call","status":"completed","call_id":"c",\
                    "action":{"type":"exec","command":["ls"],"env":{},"timeout_ms":5}}\
                    """);
        assertThat(of(builtIn(CallKind.SHELL, "{\"commands\":[\"ls\"]}"))).isEqualTo("""
            {"id":"item_1","type":"shell_call","status":"completed","call_id":"c",\
            "action":{"commands":["ls"],"timeout_ms":null,"max_output_length":null},"environment":null}\
            """);
        assertThat(of(builtIn(CallKind.APPLY_PATCH, "{\"type\":\"delete_file\",\"path\":\"a\"}")))
                .isEqualTo("""
                    {"id":"item_1","type":"apply_patch_call","status":"completed","call_id":"c",\
                    "operation":{"type":"delete_file","path":"a"}}\
                    """);
        assertThat(of(builtIn(CallKind.COMPUTER, "{\"type\":\"click\",\"x\":1}")))
                .isEqualTo("""
                    {"id":"item_1","type":"computer_call","status":"completed","call_id":"c",\
                    "action":{"type":"click","x":1},"pending_safety_checks":[]}\
                    """);
        assertThat(of(builtIn(CallKind.COMPUTER, "{\"actions\":[{\"type\":\"wait\"}]}")))
                .contains("\"actions\":[{\"type\":\"wait\"}],");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"commands\":[\"ls\",\"pwd\"],\"max_output_length\":9} | [\"ls\",\"pwd\"] | 9 | [\"ls\",\"pwd\"]",
                "{\"commands\":\"ls\"} | [\"ls\"] | null | [\"ls\"]",
                "{\"commands\":[1,\"ls\"]} | [\"1\",\"ls\"] | null | [\"1\",\"ls\"]",
                "{\"commands\":[]} | [\"{\\\"commands\\\":[]}\"] | null | []",
                "{} | [\"{}\"] | null | []",
            })
    void callsOfAShellHaveAListOfCommands(String arguments, String hosted, String length, String ofClient) {
        ToolCall call = call("c", Shell.NAME, arguments);
        CallForm.Hosted nowhere = new CallForm.Hosted(HostedKind.SHELL, Optional.empty(), Shell.NAME);

        assertThat(of(called(ToolFixture.shell("cntr_1").form(), call))).isEqualTo("""
            {"id":"item_1","type":"shell_call","status":"completed","call_id":"c","action":{"commands":%s,\
            "timeout_ms":null,"max_output_length":%s},\
            "environment":{"type":"container_reference","container_id":"cntr_1"}}\
            """.formatted(hosted, length));
        assertThat(of(called(nowhere, call))).endsWith("},\"environment\":null}");
        assertThat(of(called(new CallForm.ClientBuiltIn(CallKind.SHELL), call)))
                .contains("\"commands\":%s,".formatted(ofClient))
                .endsWith("},\"environment\":null}");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"LOCAL_SHELL", "SHELL", "APPLY_PATCH", "COMPUTER"})
    void argumentsThatCantBeReadAreAnEmptyAction(CallKind kind) {
        Item item = new Item.Called(
                ID, new CallForm.ClientBuiltIn(kind), malformedCall("c", "t", "{\"a"), ItemStatus.INCOMPLETE);

        assertThat(of(item)).startsWith("{\"id\":\"item_1\",\"type\":").doesNotContain("{\"a");
    }

    @Test
    void answersOfTheClient() {
        assertThat(of(answered(CallKind.FUNCTION, new CallOutput.Text("60")))).isEqualTo("""
            {"id":"item_1","type":"function_call_output","status":"completed","call_id":"c","output":"60"}\
            """);
        assertThat(of(answered(
                        CallKind.FUNCTION,
                        new CallOutput.Parts(List.of(
                                new ItemPart.InputText("60"),
                                image(
                                        Optional.of("data:image/png;base64,YQ=="),
                                        Optional.empty(),
                                        Optional.empty()))))))
                .endsWith(
                        "\"output\":[{\"type\":\"input_text\",\"text\":\"60\"},"
                            + "{\"type\":\"input_image\",\"detail\":\"auto\",\"image_url\":\"data:image/png;base64,YQ==\"}]}");
        assertThat(of(answered(CallKind.CUSTOM, new CallOutput.Text("ok")))).isEqualTo("""
            {"id":"item_1","type":"custom_tool_call_output","call_id":"c","output":"ok"}\
            """);
        assertThat(of(answered(CallKind.LOCAL_SHELL, members("{\"output\":\"{}\"}"))))
                .isEqualTo("""
                    {"id":"item_1","type":"local_shell_call_output","status":"completed","call_id":"c","output":"{}"}\
                    """);
        assertThat(of(answered(CallKind.SHELL, members("{\"id\":\"x\",\"max_output_length\":null,\"output\":[\n{}]}"))))
                .isEqualTo("""
                    {"id":"item_1","type":"shell_call_output","status":"completed","call_id":"c",\
                    "max_output_length":null,"output":[ {}]}\
                    """);
        assertThat(of(answered(CallKind.SHELL, members("{\"output\":[]}")))).endsWith("""
            "output":[],"max_output_length":null}\
            """);
        assertThat(of(answered(CallKind.SHELL, members("not an object"))))
                .as("a tool that does not say what its commands came to")
                .endsWith("\"call_id\":\"c\",\"output\":[],\"max_output_length\":null}");
        assertThat(of(answered(CallKind.APPLY_PATCH, members("{}")))).isEqualTo("""
            {"id":"item_1","type":"apply_patch_call_output","status":"completed","call_id":"c"}\
            """);
    }

    @Test
    void aScreenshotIsShownToThoseWhoAskForIt() {
        Item answered = answered(
                CallKind.COMPUTER,
                members("{\"output\":{\"type\":\"computer_screenshot\",\"image_url\":\"data:a\"},"
                        + "\"acknowledged_safety_checks\":[]}"));

        assertThat(of(answered)).isEqualTo("""
            {"id":"item_1","type":"computer_call_output","status":"completed","call_id":"c",\
            "output":{"type":"computer_screenshot"},"acknowledged_safety_checks":[]}\
            """);
        assertThat(of(answered, "computer_call_output.output.image_url"))
                .contains("\"output\":{\"type\":\"computer_screenshot\",\"image_url\":\"data:a\"}");
    }

    @Test
    void fileSearch() {
        Item done =
                hosted(HostedKind.FILE_SEARCH, "{\"queries\":[\"a\",\"b\"]}", "{\"results\":[{\"file_id\":\"f\"}]}");

        assertThat(of(done)).isEqualTo("""
            {"id":"item_1","type":"file_search_call","status":"completed","queries":["a","b"],"results":null}\
            """);
        assertThat(of(done, "file_search_call.results"))
                .endsWith("\"results\":[{\"file_id\":\"f\",\"attributes\":{}}]}");
        assertThat(of(running(HostedKind.FILE_SEARCH))).isEqualTo("""
            {"id":"item_1","type":"file_search_call","status":"in_progress","queries":[],"results":null}\
            """);
    }

    @Test
    void webSearch() {
        assertThat(of(hosted(HostedKind.WEB_SEARCH, "{\"query\":\"a\"}", "{}"))).isEqualTo("""
            {"id":"item_1","type":"web_search_call","status":"completed",\
            "action":{"type":"search","query":"a","queries":["a"]}}\
            """);
        Item opened = hosted(
                HostedKind.WEB_SEARCH,
                "{}",
                "{\"action\":{\"type\":\"open_page\",\"url\":\"u\"},\"sources\":[{\"type\":\"url\",\"url\":\"u\"}],"
                        + "\"results\":[1]}");
        assertThat(of(opened)).endsWith("\"action\":{\"type\":\"open_page\",\"url\":\"u\"}}");
        assertThat(of(opened, "web_search_call.action.sources", "web_search_call.results"))
                .endsWith("\"action\":{\"type\":\"open_page\",\"url\":\"u\","
                        + "\"sources\":[{\"type\":\"url\",\"url\":\"u\"}]},\"results\":[1]}");
        assertThat(of(running(HostedKind.WEB_SEARCH)))
                .isEqualTo("{\"id\":\"item_1\",\"type\":\"web_search_call\",\"status\":\"in_progress\"}");
    }

    @Test
    void mcp() {
        assertThat(of(hosted(HostedKind.MCP, "{\"a\":1}", "{}"))).isEqualTo("""
            {"id":"item_1","type":"mcp_call","status":"completed","server_label":"docs","name":"find",\
            "arguments":"{\\"a\\":1}","output":"found","error":null,"approval_request_id":null}\
            """);
        assertThat(of(hosted(
                        HostedKind.MCP,
                        "{}",
                        "{\"error\":{\"type\":\"http_error\",\"code\":500,\"message\":\"m\"}}",
                        Optional.of(new ItemId("mcpr_1")))))
                .isEqualTo("""
                    {"id":"item_1","type":"mcp_call","status":"failed","server_label":"docs","name":"find",\
                    "arguments":"{}","output":null,"error":{"type":"http_error","code":500,"message":"m"},\
                    "approval_request_id":"mcpr_1"}\
                    """);
        assertThat(of(running(HostedKind.MCP))).isEqualTo("""
            {"id":"item_1","type":"mcp_call","status":"in_progress","server_label":"docs","name":"find",\
            "arguments":"","output":null,"error":null,"approval_request_id":null}\
            """);
    }

    @Test
    void failedCalls() {
        assertThat(of(failed(HostedKind.MCP))).isEqualTo("""
            {"id":"item_1","type":"mcp_call","status":"failed","server_label":"docs","name":"find",\
            "arguments":"{}","output":null,\
            "error":{"type":"mcp_tool_execution_error","content":[{"type":"text","text":"No such page."}]},\
            "approval_request_id":null}\
            """);
        assertThat(of(failed(HostedKind.WEB_SEARCH))).contains("\"status\":\"failed\"");
        assertThat(of(failed(HostedKind.FILE_SEARCH))).contains("\"status\":\"failed\"");
        assertThat(of(failed(HostedKind.CODE_INTERPRETER))).contains("\"status\":\"failed\"");
    }

    @Test
    void whatAServerOfToolsHas() {
        ListedTool plain = ToolFixture.listed("find");
        ListedTool bare = new ListedTool(
                "erase", Optional.empty(), new JsonText("{\"type\":\"object\"}"), Optional.empty(), false);

        assertThat(of(new Item.Listed(
                        ID, "docs", List.of(plain, ToolFixture.readOnly("read"), bare), Optional.empty())))
                .isEqualTo("""
                    {"id":"item_1","type":"mcp_list_tools","server_label":"docs","tools":[\
                    {"name":"find","description":"What find does","input_schema":{}},\
                    {"name":"read","description":"What read does","input_schema":{},"annotations":{"readOnlyHint":true}},\
                    {"name":"erase","input_schema":{"type":"object"}}]}\
                    """);
        assertThat(of(new Item.Listed(ID, "docs", List.of(), Optional.of("it is down"))))
                .isEqualTo("""
                    {"id":"item_1","type":"mcp_list_tools","server_label":"docs","tools":[],"error":"it is down"}\
                    """);
    }

    @Test
    void whatAClientIsAskedAndSays() {
        Item.Asked asked = new Item.Asked(ID, form(HostedKind.MCP), call("c", "docs__find", "{\"a\":1}"));

        assertThat(of(asked)).isEqualTo("""
            {"id":"item_1","type":"mcp_approval_request","server_label":"docs","name":"find","arguments":"{\\"a\\":1}"}\
            """);
        ItemId answer = new ItemId("mcpr_2");
        assertThat(of(new Item.Decided(answer, ID, true, Optional.empty(), Optional.of(asked))))
                .isEqualTo("""
                    {"id":"mcpr_2","type":"mcp_approval_response","approval_request_id":"item_1","approve":true}\
                    """);
        assertThat(of(new Item.Decided(answer, ID, false, Optional.of("No."), Optional.empty())))
                .endsWith("\"approve\":false,\"reason\":\"No.\"}");
    }

    @Test
    void citations() {
        JsonText brought = new JsonText("{\"type\":\"file_path\",\"file_id\":\"f\",\"index\":1}");
        Item said = said(
                Role.ASSISTANT,
                new ItemPart.OutputText(
                        "a",
                        List.of(
                                new Citation.Page("https://example.org", "A", 0, 1),
                                new Citation.File("file-1", "a.txt", 1),
                                new Citation.ContainerFile("cntr_1", "cfile_1", "a.csv", 0, 1),
                                new Citation.Opaque(brought)),
                        NONE));

        assertThat(of(said)).contains("""
            "annotations":[{"type":"url_citation","url":"https://example.org","title":"A","start_index":0,"end_index":1},\
            {"type":"file_citation","file_id":"file-1","filename":"a.txt","index":1},\
            {"type":"container_file_citation","container_id":"cntr_1","file_id":"cfile_1","filename":"a.csv",\
            "start_index":0,"end_index":1},\
            {"type":"file_path","file_id":"f","index":1}]\
            """);
    }

    @Test
    void whereAProgramRunsIsKnownBeforeItDoes() {
        CallForm.Hosted python =
                new CallForm.Hosted(HostedKind.CODE_INTERPRETER, Optional.empty(), "python", Optional.of("cntr_1"));

        assertThat(of(Item.Hosted.unasked(ID, python, call("c", "python"), Optional.empty(), ItemStatus.IN_PROGRESS)))
                .contains("\"container_id\":\"cntr_1\"");
    }

    @Test
    void codeInterpreter() {
        Item done = hosted(
                HostedKind.CODE_INTERPRETER,
                "{\"code\":\"1+1\"}",
                "{\"container_id\":\"cntr_1\",\"outputs\":[{\"type\":\"logs\",\"logs\":\"2\"}]}");

        assertThat(of(done)).isEqualTo("""
            {"id":"item_1","type":"code_interpreter_call","status":"completed","code":"1+1",\
            "container_id":"cntr_1","outputs":null}\
            """);
        assertThat(of(done, "code_interpreter_call.outputs"))
                .endsWith("\"outputs\":[{\"type\":\"logs\",\"logs\":\"2\"}]}");
        assertThat(of(running(HostedKind.CODE_INTERPRETER))).isEqualTo("""
            {"id":"item_1","type":"code_interpreter_call","status":"in_progress","code":"",\
            "container_id":"","outputs":[]}\
            """);
    }

    @Test
    void imageGeneration() {
        Item done = hosted(
                HostedKind.IMAGE_GENERATION,
                "{\"prompt\":\"a cat\"}",
                "{\"revised_prompt\":\"A cat.\",\"size\":\"1024x1024\",\"quality\":\"low\",\"output_format\":\"png\","
                        + "\"background\":\"opaque\",\"result\":\"YQ==\",\"seed\":1}");

        assertThat(of(done)).isEqualTo("""
            {"id":"item_1","type":"image_generation_call","status":"completed","result":"YQ==","background":"opaque",\
            "output_format":"png","quality":"low","size":"1024x1024","revised_prompt":"A cat."}\
            """);
        assertThat(of(running(HostedKind.IMAGE_GENERATION)))
                .isEqualTo(
                        "{\"id\":\"item_1\",\"type\":\"image_generation_call\",\"status\":\"in_progress\",\"result\":null}");
        assertThat(of(failed(HostedKind.IMAGE_GENERATION)))
                .isEqualTo(
                        "{\"id\":\"item_1\",\"type\":\"image_generation_call\",\"status\":\"failed\",\"result\":null}");
        assertThat(of(Item.Hosted.unasked(
                        ID,
                        form(HostedKind.IMAGE_GENERATION),
                        call("c", "draw"),
                        Optional.empty(),
                        ItemStatus.INCOMPLETE)))
                .as("there is no other word for what was cut off")
                .contains("\"status\":\"failed\"");
    }

    @Test
    void whatStandsForTheRestIsAlwaysSealed() {
        assertThat(of(new Item.Compacted(ID, "", "All that was said"))).isEqualTo("""
            {"id":"item_1","type":"compaction","encrypted_content":"sealed(compaction: All that was said)"}\
            """);
        assertThat(of(new Item.Compacted(ID, "a seal", "All that was said"))).isEqualTo("""
            {"id":"item_1","type":"compaction","encrypted_content":"a seal"}\
            """);
    }

    @Test
    void whatIsNotLookedIntoGoesOutAsItIs() {
        JsonText text = new JsonText("{\"id\":\"item_1\",\n \"type\":\"program\",\"n\":1.10}");

        assertThat(of(new Item.Opaque(ID, "program", text)))
                .isEqualTo("{\"id\":\"item_1\",  \"type\":\"program\",\"n\":1.10}");
    }

    @Test
    void anUnknownWishIsRefused() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> Includes.of(Set.of("reasoning.encrypted_content", "all")))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
                    assertThat(refusal.field()).isEqualTo(Optional.of("include"));
                    assertThat(refusal.reason()).isEqualTo(Optional.of(Refusal.Reason.INVALID_VALUE));
                    assertThat(refusal.explanation())
                            .startsWith("Invalid value: 'all'. Supported values are: 'file_search_call.results', ");
                });
    }

    private String of(Item item, String... include) {
        return json.of(item, Includes.of(Set.of(include))).text();
    }

    private static Item said(Role role, ItemPart... parts) {
        return new Item.Said(ID, role, List.of(parts), ItemStatus.COMPLETED, Optional.empty());
    }

    private static ItemPart image(Optional<String> url, Optional<String> file, Optional<String> detail) {
        return new ItemPart.InputImage(url, file, detail);
    }

    private static Item called(CallForm form, ToolCall call) {
        return new Item.Called(ID, form, call, ItemStatus.COMPLETED);
    }

    private static Item builtIn(CallKind kind, String arguments) {
        return called(new CallForm.ClientBuiltIn(kind), call("c", "tool", arguments));
    }

    private static Item answered(CallKind kind, CallOutput output) {
        return new Item.Answered(ID, kind, "c", output, ItemStatus.COMPLETED);
    }

    private static CallOutput members(String json) {
        return new CallOutput.Members(new JsonText(json));
    }

    private static Item hosted(HostedKind kind, String arguments, String metadata) {
        ToolResponse response = new ToolResponse("c", "tool", Content.of("found"), Optional.of(new JsonText(metadata)));
        return Item.Hosted.unasked(
                ID, form(kind), call("c", "tool", arguments), Optional.of(response), ItemStatus.COMPLETED);
    }

    private static Item hosted(HostedKind kind, String arguments, String metadata, Optional<ItemId> approvedBy) {
        Item.Hosted plain = (Item.Hosted) hosted(kind, arguments, metadata);
        return new Item.Hosted(ID, plain.form(), plain.call(), plain.response(), plain.status(), approvedBy);
    }

    /** A call of a tool that says why it has no result. */
    private static Item failed(HostedKind kind) {
        ToolResponse response =
                new ToolResponse("c", "tool", Content.of("No such page."), Optional.empty(), List.of(), true);
        return Item.Hosted.unasked(ID, form(kind), call("c", "tool"), Optional.of(response), ItemStatus.FAILED);
    }

    private static Item running(HostedKind kind) {
        return Item.Hosted.unasked(
                ID, form(kind), call("c", "tool", "{\"a\":1}"), Optional.empty(), ItemStatus.IN_PROGRESS);
    }

    private static CallForm.Hosted form(HostedKind kind) {
        return new CallForm.Hosted(kind, Optional.of("docs"), "find");
    }
}
