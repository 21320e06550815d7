package dev.parley.bootstrap.endtoend;

import static dev.parley.bootstrap.endtoend.OpenAiJavaClient.about;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.Tool.Mcp;
import com.openai.models.responses.Tool.Mcp.RequireApproval.McpToolApprovalSetting;
import dev.parley.tools.testing.EverythingServer;
import dev.parley.tools.testing.EverythingServer.Calls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The official Java client of the Responses API has the whole server use a real server of tools. */
@Tag("clients")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EverythingServerResponsesIT {

    private static final String SUM = "#call=everything__get-sum {\"a\":2,\"b\":40}";
    private static final String SUM_IS = "The sum of 2 and 40 is 42.";
    private static final String LONG = "trigger-long-running-operation";

    private static final List<String> LISTING = List.of(
            "response.output_item.added",
            "response.mcp_list_tools.in_progress",
            "response.mcp_list_tools.completed",
            "response.output_item.done");
    private static final List<String> ASKING = List.of("response.output_item.added", "response.output_item.done");
    private static final List<String> CALLING = List.of(
            "response.output_item.added",
            "response.mcp_call.in_progress",
            "response.mcp_call_arguments.delta",
            "response.mcp_call_arguments.done",
            "response.mcp_call.completed",
            "response.output_item.done");
    private static final List<String> MESSAGE = List.of("response.output_item.added", "response.output_item.done");

    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    private static EverythingServer tools;
    private static Calls calls;
    private static ServerWithRealTools parley;
    private static OpenAiJavaClient client;

    @BeforeAll
    static void start() throws IOException {
        EverythingServer.installOrSkip();
        calls = Calls.none();
        tools = opened(EverythingServer.start("streamableHttp"));
        parley = opened(new ServerWithRealTools(
                Map.of(
                        "parley.mcp.connect-timeout",
                        "1m",
                        "parley.mcp.servers.everything.command",
                        "node",
                        "parley.mcp.servers.everything.args",
                        String.join(",", EverythingServer.arguments()),
                        "parley.mcp.servers.everything.env.CALLS",
                        calls.file().toString()),
                tools.port()));
        client = opened(parley.client());
    }

    private static <T extends AutoCloseable> T opened(T resource) {
        OPEN.addFirst(resource);
        return resource;
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable resource : OPEN) {
            resource.close();
        }
    }

    @Test
    void aToolThatNeedsNoApprovalIsRunAtOnce() {
        ResponseCreateParams.Builder params = about(SUM).addTool(everything(McpToolApprovalSetting.NEVER));

        Response whole = client.create(params);
        Told told = client.tell(params);

        assertThat(types(whole)).isEqualTo("mcp_list_tools, mcp_call, message");
        assertThat(whole.output().getFirst().asMcpListTools().tools())
                .extracting(ResponseOutputItem.McpListTools.Tool::name)
                .contains("echo", "get-sum", LONG);
        ResponseOutputItem.McpCall call = whole.output().get(1).asMcpCall();
        assertThat(call.output()).contains(SUM_IS);
        assertThat(call.error()).isEmpty();
        assertThat(call.approvalRequestId()).isEmpty();
        assertThat(parley.toldToTheModel(SUM)).containsExactly(SUM_IS);
        assertThat(items(told)).isEqualTo(joined(LISTING, CALLING, MESSAGE));
        assertSame(told, whole);
    }

    @Test
    void aToolThatNeedsApprovalIsRunOnceItIsGiven() throws IOException {
        long before = tools.calls().count("get-sum");
        ResponseCreateParams.Builder params = about("Ask " + SUM).addTool(everything(McpToolApprovalSetting.ALWAYS));
        Response asking = client.create(params);
        Told told = client.tell(params);

        assertThat(types(asking)).isEqualTo("mcp_list_tools, mcp_approval_request");
        var request = asking.output().getLast().asMcpApprovalRequest();
        assertThat(request.serverLabel()).isEqualTo("everything");
        assertThat(request.name()).isEqualTo("get-sum");
        assertThat(request.arguments()).isEqualTo("{\"a\":2,\"b\":40}");
        assertThat(items(told)).isEqualTo(joined(LISTING, ASKING));
        assertThat(tools.calls().count("get-sum")).as("nobody has agreed").isEqualTo(before);

        ResponseCreateParams.Builder agreed = decided(asking, request.id(), true);
        Response whole = client.create(agreed);
        assertThat(tools.calls().count("get-sum")).isEqualTo(before + 1);
        Told toldAgreed = client.tell(agreed);

        assertThat(types(whole)).isEqualTo("mcp_call, message");
        ResponseOutputItem.McpCall call = whole.output().getFirst().asMcpCall();
        assertThat(call.output()).contains(SUM_IS);
        assertThat(call.approvalRequestId()).contains(request.id());
        assertThat(items(toldAgreed)).isEqualTo(joined(CALLING, MESSAGE));
        assertSame(toldAgreed, whole);
        assertThat(parley.toldToTheModel("Ask " + SUM)).containsExactly(SUM_IS);
    }

    @Test
    void aToolWhoseApprovalIsRefusedIsNotRun() throws IOException {
        long before = tools.calls().count("get-sum");
        Response asking = client.create(about("Refuse " + SUM).addTool(everything(McpToolApprovalSetting.ALWAYS)));
        String request = asking.output().getLast().asMcpApprovalRequest().id();

        Response refused = client.create(decided(asking, request, false));
        Told told = client.tell(decided(asking, request, false));

        assertThat(types(refused)).isEqualTo("message");
        assertThat(items(told)).isEqualTo(MESSAGE);
        assertSame(told, refused);
        assertThat(parley.toldToTheModel("Refuse " + SUM))
                .singleElement()
                .asString()
                .doesNotContain("42");
        assertThat(tools.calls().count("get-sum")).isEqualTo(before);
    }

    /** Its tool is declared by the name that the configuration has for a server, of which the client's library knows only some. */
    @Test
    void whenTheServerIsKilledInMidCallTheResponseGoesOn() throws Exception {
        String text = "#call=everything__" + LONG + " {\"duration\":120,\"steps\":2}";
        CompletableFuture<Json> response = CompletableFuture.supplyAsync(() -> Http.json(Http.post(
                parley.at("/v1/responses"),
                Map.of(
                        "model",
                        OpenAiJavaClient.MODEL_ID,
                        "input",
                        text,
                        "tools",
                        List.of(Map.of(
                                "type",
                                "mcp",
                                "server_label",
                                "everything",
                                "connector_id",
                                "everything",
                                "require_approval",
                                "never"))))));
        calls.await(LONG, 1);

        EverythingServer.killProcesses();

        Json ended = response.get(60, TimeUnit.SECONDS);
        assertThat(ended.text("status")).isEqualTo("completed");
        assertThat(ended.items("output"))
                .extracting(item -> item.text("type"))
                .containsExactly("mcp_list_tools", "mcp_call", "message");
        Json call = ended.items("output").get(1);
        assertThat(call.text("status")).isEqualTo("failed");
        assertThat(call.isNull("output")).isTrue();
        assertThat(call.text("error", "type")).isEqualTo("mcp_protocol_error");
        assertThat(call.text("error", "message")).isEqualTo("its process has ended");
        assertThat(EventReader.outputText(ended)).startsWith("The tool says: ").contains("its process has ended");
    }

    private static ResponseCreateParams.Builder decided(Response asking, String request, boolean approve) {
        return about("")
                .inputOfResponse(
                        List.of(ResponseInputItem.ofMcpApprovalResponse(ResponseInputItem.McpApprovalResponse.builder()
                                .approvalRequestId(request)
                                .approve(approve)
                                .build())))
                .previousResponseId(asking.id())
                .addTool(everything(McpToolApprovalSetting.ALWAYS));
    }

    private static Mcp everything(McpToolApprovalSetting approval) {
        return Mcp.builder()
                .serverLabel("everything")
                .serverUrl(tools.url("/mcp"))
                .requireApproval(approval)
                .build();
    }

    private static void assertSame(Told told, Response whole) {
        assertThat(Told.alike(told.ended())).isEqualTo(Told.alike(whole));
        assertThat(Told.alike(told.accumulated())).isEqualTo(Told.alike(whole));
    }

    private static String types(Response response) {
        return String.join(", ", response.output().stream().map(Told::type).toList());
    }

    /** The events of items and of what servers of tools do, in their order. */
    private static List<String> items(Told told) {
        return told.types().stream()
                .filter(type -> type.startsWith("response.mcp_") || type.startsWith("response.output_item."))
                .toList();
    }

    @SafeVarargs
    private static List<String> joined(List<String>... events) {
        List<String> all = new ArrayList<>();
        for (List<String> some : events) {
            all.addAll(some);
        }
        return all;
    }
}
