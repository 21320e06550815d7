package dev.parley.bootstrap.endtoend;

import static dev.parley.bootstrap.endtoend.OpenAiJavaClient.about;
import static dev.parley.bootstrap.endtoend.OpenAiJavaClient.boilingPoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.SseException;
import com.openai.models.responses.ContainerAuto;
import com.openai.models.responses.FunctionShellTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.Tool.CodeInterpreter.Container.CodeInterpreterToolAuto;
import com.openai.models.responses.Tool.Mcp;
import com.openai.models.responses.Tool.Mcp.RequireApproval.McpToolApprovalSetting;
import com.openai.models.responses.ToolChoiceShell;
import com.openai.models.responses.WebSearchTool;
import com.openai.models.responses.inputitems.InputItemListParams;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The official Java client has a server run its tools, and holds whatever it is told of them to its schema. */
class OpenAiJavaHostedToolsTest {

    private static final String SEARCH = "#call=search {\"query\":\"pulse\"}";
    private static final String SEARCH_FILES = "#call=search_files {\"queries\":[\"apple\",\"pear\"]}";
    private static final String RUN = "#call=run {\"code\":\"print(2 + 2)\"}";
    private static final String FIND = "#call=shelf__find {\"what\":\"apples\"}";

    private static final String LIST = "#call=shell {\"commands\":[\"ls\",\"cat b.txt\",\"sleep 9\"]}";
    private static final FunctionShellTool SHELL = FunctionShellTool.builder()
            .environment(ContainerAuto.builder().build())
            .build();

    private static final OpenAiJavaClient SERVER = OpenAiJavaClient.ofAServerWithTools();
    private static final OpenAIClient CLIENT = SERVER.client();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("web_search_call, message", about(SEARCH).addTool(webSearch())),
                Arguments.of(
                        "web_search_call, message",
                        about(SEARCH)
                                .addTool(webSearch())
                                .addInclude(ResponseIncludable.WEB_SEARCH_CALL_ACTION_SOURCES)),
                Arguments.of("file_search_call, message", about(SEARCH_FILES).addFileSearchTool(List.of("vs_1"))),
                Arguments.of(
                        "file_search_call, message",
                        about(SEARCH_FILES)
                                .addFileSearchTool(List.of("vs_1"))
                                .addInclude(ResponseIncludable.FILE_SEARCH_CALL_RESULTS)),
                Arguments.of("code_interpreter_call, message", withInterpreter()),
                Arguments.of(
                        "code_interpreter_call, message",
                        withInterpreter().addInclude(ResponseIncludable.CODE_INTERPRETER_CALL_OUTPUTS)),
                Arguments.of(
                        "shell_call, shell_call_output, message", about(LIST).addTool(SHELL)),
                Arguments.of(
                        "shell_call, shell_call_output, message",
                        about("#call=shell {\"commands\":[\"reboot\"]}").addTool(SHELL)),
                Arguments.of(
                        "shell_call, shell_call_output, shell_call, shell_call_output, message",
                        about(LIST + LIST)
                                .addTool(SHELL)
                                .toolChoice(ToolChoiceShell.builder().build())),
                Arguments.of("mcp_list_tools, mcp_call, message", about(FIND).addTool(never("shelf"))),
                Arguments.of(
                        "mcp_list_tools, mcp_call, message",
                        about("#call=ruins__gives_up {}").addTool(never("ruins"))),
                Arguments.of(
                        "mcp_list_tools, mcp_call, message",
                        about("#call=moon__look {}").addTool(never("moon"))),
                Arguments.of(
                        "mcp_list_tools, message",
                        about("hello").addTool(never("down")).addTool(boilingPoint())),
                Arguments.of("mcp_list_tools, mcp_approval_request", about(FIND).addTool(always("shelf"))),
                Arguments.of(
                        "mcp_list_tools, function_call, web_search_call, mcp_call",
                        about(SEARCH + FIND + "#call=get_boiling_point {\"liquid\":\"water\"}")
                                .addTool(webSearch())
                                .addTool(never("shelf"))
                                .addTool(boilingPoint())),
                Arguments.of(
                        "web_search_call, message",
                        about(SEARCH + SEARCH).addTool(webSearch()).maxToolCalls(1)));
    }

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource("answers")
    void tellsTheSameStreamedAndNot(String types, ResponseCreateParams.Builder answer) {
        Response whole = SERVER.create(answer);
        Told told = SERVER.tell(answer);

        assertThat(types(whole)).isEqualTo(types);
        assertThat(told.numbers())
                .isEqualTo(IntStream.range(0, told.events().size()).boxed().toList());
        assertThat(Told.alike(told.ended())).isEqualTo(Told.alike(whole));
        assertThat(Told.alike(told.accumulated())).isEqualTo(Told.alike(whole));
        if (answer.build().include().isEmpty()) {
            assertThat(CLIENT.responses().retrieve(whole.id())).isEqualTo(whole);
        }
    }

    @Test
    void readsWhereAnAnswerHasItFrom() {
        List<ResponseOutputItem> output =
                SERVER.create(about(SEARCH).addTool(webSearch())).output();

        var text = output.getLast().asMessage().content().getFirst().asOutputText();
        assertThat(text.text()).startsWith("The tool says: ").doesNotContain("【");
        assertThat(text.annotations())
                .extracting(annotation -> annotation.asUrlCitation().url())
                .startsWith("https://example.org/1", "https://example.org/2");
    }

    @Test
    void readsWhatCommandsHaveComeTo() {
        Response whole = SERVER.create(about(LIST)
                .addTool(FunctionShellTool.builder()
                        .containerReferenceEnvironment("cntr_7")
                        .build()));

        var called = whole.output().getFirst().asShellCall();
        var answered = whole.output().get(1).asShellCallOutput();
        assertThat(called.action().commands()).containsExactly("ls", "cat b.txt", "sleep 9");
        assertThat(called.environment().orElseThrow().asContainerReference().containerId())
                .isEqualTo("cntr_7");
        assertThat(answered.callId()).isEqualTo(called.callId());
        assertThat(answered.output().get(0).stdout()).isEqualTo("a.txt\n");
        assertThat(answered.output().get(1).outcome().asExit().exitCode()).isEqualTo(1);
        assertThat(answered.output().get(2).outcome().isTimeout()).isTrue();
        var items = CLIENT.responses()
                .inputItems()
                .list(InputItemListParams.builder()
                        .responseId(SERVER.create(about("#say=Yes").previousResponseId(whole.id()))
                                .id())
                        .build())
                .autoPager();
        assertThat(items.stream().map(item -> item.validate()).toList()).hasSize(5);
    }

    @Test
    void asksBeforeItRunsATool() {
        Response asking = SERVER.create(about(FIND).addTool(always("shelf")));
        String question = asking.output().getLast().asMcpApprovalRequest().id();

        ResponseCreateParams.Builder agreed = decided(asking, question, true).addTool(always("shelf"));
        Response whole = SERVER.create(agreed);
        Told told = SERVER.tell(agreed);
        Response refused = SERVER.create(decided(asking, question, false).addTool(always("shelf")));

        assertThat(types(whole)).isEqualTo("mcp_call, message");
        assertThat(whole.output().getFirst().asMcpCall().approvalRequestId()).contains(question);
        assertThat(Told.alike(told.ended())).isEqualTo(Told.alike(whole));
        assertThat(Told.alike(told.accumulated())).isEqualTo(Told.alike(whole));
        assertThat(types(refused)).isEqualTo("message");
        var items = CLIENT.responses()
                .inputItems()
                .list(InputItemListParams.builder().responseId(whole.id()).build())
                .autoPager();
        assertThat(items.stream().map(item -> item.validate()).toList()).hasSize(4);
    }

    @Test
    void tellsWhatIsWrongInTheClientsWords() {
        Response asking = SERVER.create(about(FIND).addTool(always("shelf")));
        ResponseCreateParams.Builder broken = about("hello").addTool(never("down"));

        assertThatThrownBy(() ->
                        SERVER.create(decided(asking, "mcpr_unknown", true).addTool(always("shelf"))))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        error -> assertThat(error.param()).contains("input"));
        assertThatThrownBy(() -> SERVER.create(broken)).isInstanceOf(InternalServerException.class);
        assertThatThrownBy(() -> SERVER.tell(broken)).isInstanceOf(SseException.class);
    }

    private static ResponseCreateParams.Builder decided(Response asking, String question, boolean approve) {
        return about("")
                .inputOfResponse(
                        List.of(ResponseInputItem.ofMcpApprovalResponse(ResponseInputItem.McpApprovalResponse.builder()
                                .approvalRequestId(question)
                                .approve(approve)
                                .build())))
                .previousResponseId(asking.id());
    }

    private static ResponseCreateParams.Builder withInterpreter() {
        return about(RUN)
                .addCodeInterpreterTool(CodeInterpreterToolAuto.builder().build());
    }

    private static WebSearchTool webSearch() {
        return WebSearchTool.builder().type(WebSearchTool.Type.WEB_SEARCH).build();
    }

    private static Mcp never(String label) {
        return server(label, McpToolApprovalSetting.NEVER);
    }

    private static Mcp always(String label) {
        return server(label, McpToolApprovalSetting.ALWAYS);
    }

    private static Mcp server(String label, McpToolApprovalSetting approval) {
        return Mcp.builder()
                .serverLabel(label)
                .serverUrl("https://%s.example".formatted(label))
                .authorization("a-secret")
                .requireApproval(approval)
                .build();
    }

    private static String types(Response response) {
        return String.join(", ", response.output().stream().map(Told::type).toList());
    }
}
