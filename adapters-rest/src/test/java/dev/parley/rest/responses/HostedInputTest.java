package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.response.InputItem;
import dev.parley.application.response.Seal;
import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolFixture;
import dev.parley.domain.tool.ToolServer;
import dev.parley.domain.turn.Approvals;
import dev.parley.domain.turn.ItemRules;
import dev.parley.domain.turn.Prompt;
import dev.parley.domain.turn.SpecFixture;
import dev.parley.domain.turn.TurnFixture;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.rest.json.RawJson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients send of the tools that this server runs: declarations, and the items that they were given (responses-api 3, 4.1). */
final class HostedInputTest {

    private static final Seal SEAL = Seal.of("test", new byte[Seal.KEY_LENGTH]);
    private static final ListedTool FIND = ToolFixture.listed("find");
    private static final ListedTool READ = ToolFixture.readOnly("read");

    @Test
    void everyItemOfAnEarlierTurnWithItsResultIsShownToTheModelAgain() {
        List<Item> items = read("""
            [{"role":"user","content":"Hi"},
             {"id":"mcpl_1","type":"mcp_list_tools","server_label":"docs","tools":[{"name":"find","input_schema":{"type":"object"},"extra":1}]},
             {"id":"ws_1","type":"web_search_call","status":"completed","action":{"type":"search","query":"pulse"},"results":[{"title":"A"}]},
             {"id":"fs_1","type":"file_search_call","status":"completed","queries":["pulse"],"results":[{"file_id":"f","filename":"a.txt","score":0.5,"text":"60","attributes":{}}]},
             {"id":"ci_1","type":"code_interpreter_call","status":"completed","code":"1+1","container_id":"cntr_1","outputs":[{"type":"logs","logs":"2"}]},
             {"id":"ig_1","type":"image_generation_call","status":"completed","result":"YQ==","revised_prompt":"A cat."},
             {"id":"mcpr_1","type":"mcp_approval_request","server_label":"docs","name":"find","arguments":"{}"},
             {"id":"mcpr_2","type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true},
             {"id":"mcp_1","type":"mcp_call","status":"completed","server_label":"docs","name":"find","arguments":"{}","output":"found","error":null,"approval_request_id":"mcpr_1"},
             {"id":"mcp_2","type":"mcp_call","status":"failed","server_label":"docs","name":"find","arguments":"{}","output":null,"error":{"type":"http_error","code":500,"message":"m"},"approval_request_id":null},
             {"type":"message","role":"assistant","content":[{"type":"output_text","text":"60.","annotations":[{"type":"url_citation","url":"u","title":"t","start_index":0,"end_index":3}]}]},
             {"role":"user","content":"And?"}]
            """);

        assertThat(told(items))
                .containsExactly(
                        "Hi",
                        "[web_search]",
                        "[{\"title\":\"A\"}]",
                        "[file_search]",
                        "a.txt: 60",
                        "[code_interpreter]",
                        "2",
                        "[image_generation]",
                        "The image was made, and the user can see it.",
                        "[docs__find]",
                        "found",
                        "[docs__find]",
                        "{\"type\":\"http_error\",\"code\":500,\"message\":\"m\"}",
                        "60.",
                        "And?");
        assertThat(Approvals.given(
                        TurnFixture.responseTurn(spec(), resolved(items)).input()))
                .as("what was run is not run again")
                .isEmpty();
    }

    /** What came of it is an item of its own; where it is missing the response broke, and its client can't tell. */
    @Test
    void callsOfAShellAreShownWithWhatTheyHaveComeTo() {
        List<Item> items = read("""
            [{"role":"user","content":"Hi"},
             {"id":"sh_1","type":"shell_call","status":"completed","call_id":"c","action":{"commands":["ls"],"timeout_ms":null,"max_output_length":null},"environment":{"type":"container_reference","container_id":"cntr_7"}},
             {"id":"sho_1","type":"shell_call_output","status":"completed","call_id":"c","output":[{"stdout":"a","stderr":"","outcome":{"type":"exit","exit_code":0}}],"max_output_length":null},
             {"id":"sh_2","type":"shell_call","status":"incomplete","call_id":"d","action":{"commands":["pwd"]},"environment":{"type":"container_reference","container_id":"cntr_7"}},
             {"role":"user","content":"And?"}]
            """);

        assertThatNoException().isThrownBy(() -> ItemRules.check(List.of(), items));
        assertThat(told(items))
                .containsExactly(
                        "Hi",
                        "[shell]",
                        "{\"output\":[{\"stdout\":\"a\",\"stderr\":\"\",\"outcome\":{\"type\":\"exit\",\"exit_code\":0}}]}",
                        "[shell]",
                        "No result: this call was never answered.",
                        "And?");
        assertThat(items.get(1))
                .isInstanceOfSatisfying(
                        Item.Called.class,
                        called -> assertThat(called.form())
                                .isEqualTo(ToolFixture.shell("cntr_7").form()));
    }

    @Test
    void itemsWithoutTheirResultsAreKeptAndNotShown() {
        List<Item> items = read("""
            [{"role":"user","content":"Hi"},
             {"type":"web_search_call","status":"completed","action":{"type":"open_page","url":"u"}},
             {"type":"file_search_call","status":"completed","queries":["pulse"],"results":null},
             {"type":"code_interpreter_call","status":"completed","code":"1","container_id":"cntr_1","outputs":null},
             {"type":"image_generation_call","id":"ig_1","status":"generating","result":null},
             {"type":"mcp_call","status":"in_progress","server_label":"docs","name":"find","arguments":"","output":null,"error":null}]
            """);

        assertThat(told(items)).containsExactly("Hi");
        assertThat(items.subList(1, 6)).hasOnlyElementsOfType(Item.Opaque.class);
    }

    @Test
    void whatTheClientDecidesIsPutToWhatItWasAsked() {
        List<Item> items = read("""
            [{"role":"user","content":"Hi"},
             {"id":"mcpr_1","type":"mcp_approval_request","server_label":"docs","name":"find","arguments":"{\\"a\\":1}"},
             {"id":"mcpr_2","type":"mcp_approval_request","server_label":"docs","name":"erase","arguments":"{}"},
             {"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true},
             {"type":"mcp_approval_response","approval_request_id":"mcpr_2","approve":false,"reason":"Too late."}]
            """);

        assertThat(Approvals.given(
                        TurnFixture.responseTurn(spec(), resolved(items)).input()))
                .extracting(Item.Asked::id)
                .containsExactly(new ItemId("mcpr_1"));
        assertThat(told(items)).last().isEqualTo("The user does not allow this call: Too late.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                   | true  | true  | true  | true",
                "{\"require_approval\":\"always\"}                                    | true  | true  | true  | true",
                "{\"require_approval\":\"never\"}                                     | true  | false | true  | false",
                "{\"require_approval\":{\"never\":{\"tool_names\":[\"find\"]}}}       | true  | false | true  | true",
                "{\"require_approval\":{\"never\":{\"read_only\":true}}}              | true  | true  | true  | false",
                "{\"require_approval\":{\"always\":{\"tool_names\":[\"find\"]},\"never\":{}}} | true | true | true |"
                        + " false",
                "{\"allowed_tools\":[\"read\"]}                                       | false | false | true  | true",
                "{\"allowed_tools\":{\"tool_names\":[\"find\"]}}                      | true  | true  | false | false",
                "{\"allowed_tools\":{\"read_only\":true},\"require_approval\":\"never\"} | false | false | true  |"
                        + " false",
                "{\"allowed_tools\":[]}                                               | false | false | false | false"
            })
    void whichToolsAreAllowedAndWhichAreAskedAbout(
            String asked, boolean find, boolean askedFind, boolean read, boolean askedRead) {
        ToolServer server = declared(asked.strip()).server().orElseThrow();

        List<ListedTool> allowed = server.allowedOf(List.of(FIND, READ));

        assertThat(allowed.contains(FIND)).isEqualTo(find);
        assertThat(allowed.contains(READ)).isEqualTo(read);
        assertThat(find && server.approval().isNeededFor(FIND)).isEqualTo(askedFind);
        assertThat(read && server.approval().isNeededFor(READ)).isEqualTo(askedRead);
    }

    @Test
    void keysAreSealedAndStandNowhereElse() {
        Param in = mcp("{\"authorization\":\"a secret\",\"headers\":{\"x-key\":\"another secret\"}}");
        ToolReader reader = new ToolReader(SEAL);

        String echo = reader.read(in.at("tools")).getFirst().text();
        HostedTool tool = reader.hosted().getFirst();

        assertThat(echo).contains("\"headers\":null").doesNotContain("secret");
        assertThat(tool.toString()).doesNotContain("secret");
        assertThat(tool.declaration().text()).contains("\"server_url\"").doesNotContain("secret", "headers");
        assertThat(SEAL.open(
                        Seal.KEYS, tool.server().flatMap(ToolServer::sealed).orElseThrow()))
                .contains("{\"authorization\":\"a secret\",\"headers\":{\"x-key\":\"another secret\"}}");
    }

    @Test
    void keysAreRefusedWhereNothingCanSealThem() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> new ToolReader(Seal.missing("Set the key."))
                        .read(mcp("{\"authorization\":\"a secret\"}").at("tools")));

        assertThat(refusal.explanation()).contains("Set the key.").doesNotContain("secret");
        assertThat(refusal.field()).contains("tools[0].authorization");
    }

    private static HostedTool declared(String members) {
        ToolReader reader = new ToolReader(SEAL);
        List<RawJson> echo = reader.read(mcp(members).at("tools"));
        assertThat(echo).hasSize(1);
        return reader.hosted().getFirst();
    }

    /** A request with a server of tools that is declared with these members beside those that it needs. */
    private static Param mcp(String members) {
        String more = members.equals("{}") ? "" : "," + members.substring(1, members.length() - 1);
        return Param.body(
                "{\"tools\":[{\"type\":\"mcp\",\"server_label\":\"docs\",\"server_url\":\"https://example.org\"%s}]}"
                        .formatted(more)
                        .getBytes(UTF_8));
    }

    private static List<Item> read(String input) {
        InputReader reader = new InputReader(
                (prefix, place) -> ItemId.ofInput(prefix, TurnFixture.TURN, place), SEAL, new ToolReader(SEAL));
        return reader
                .read(Param.body("{\"input\":%s}".formatted(input).getBytes(UTF_8))
                        .at("input"))
                .stream()
                .map(item -> ((InputItem.Given) item).item())
                .toList();
    }

    private static Item[] resolved(List<Item> items) {
        return Approvals.resolved(List.of(), items).toArray(Item[]::new);
    }

    private static List<String> told(List<Item> items) {
        return Prompt.of(List.of(), TurnFixture.responseTurn(spec(), resolved(items))).stream()
                .map(HostedInputTest::told)
                .toList();
    }

    private static TurnSpec spec() {
        return SpecFixture.response().build();
    }

    private static String told(Message message) {
        return switch (message) {
            case Message.System(String text) -> text;
            case Message.User user -> user.content().text();
            case Message.Tool tool -> tool.content().text();
            case Message.Assistant assistant ->
                Optional.of(assistant.text())
                        .filter(text -> !text.isEmpty())
                        .orElseGet(() -> assistant.toolCalls().stream()
                                .map(ToolCall::toolName)
                                .toList()
                                .toString());
        };
    }
}
