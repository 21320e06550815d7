package dev.parley.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.tools.testing.EverythingServer;
import dev.parley.tools.testing.EverythingServer.Calls;
import java.io.IOException;
import java.net.http.HttpResponse;
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

/** A real server of tools in turns of the whole server: as a process of the configuration's, and over HTTP by a client's word. */
@Tag("clients")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EverythingServerIT {

    private static final String LOCAL = "mcp::everything";
    private static final String REMOTE = "mcp::remote";
    private static final String MORTAL = "mcp::mortal";
    private static final String LONG = "trigger-long-running-operation";
    private static final String LONG_CALL = "#call=" + LONG + " {\"duration\":120,\"steps\":2}";

    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    private static Calls calls;
    private static ServerWithRealTools parley;
    private static EverythingServer remote;
    private static EverythingServer mortal;

    @BeforeAll
    static void start() throws IOException {
        EverythingServer.installOrSkip();
        calls = Calls.none();
        remote = opened(EverythingServer.start("streamableHttp"));
        mortal = opened(EverythingServer.start("streamableHttp"));
        parley = opened(new ServerWithRealTools(
                Map.of(
                        "parley.mcp.connect-timeout",
                        "1m",
                        "parley.mcp.servers.everything.command",
                        "node",
                        "parley.mcp.servers.everything.args",
                        String.join(",", EverythingServer.arguments()),
                        "parley.mcp.servers.everything.env.CALLS",
                        calls.file().toString(),
                        "parley.tools.groups.local.id",
                        LOCAL,
                        "parley.tools.groups.local.provider",
                        "model-context-protocol",
                        "parley.tools.groups.local.endpoint",
                        "everything"),
                remote.port(),
                mortal.port()));
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
    void aTurnUsesAProcessThatTheConfigurationNames() throws IOException {
        long before = calls.count("get-sum");
        String text = "#call=echo {\"message\":\"Grüße\"}#call=get-sum {\"a\":2,\"b\":40}";

        List<Json> told = parley.converse(LOCAL).tell(text).rest();

        Json turn = told.getLast().at("event", "payload", "turn");
        assertThat(turn.items("steps"))
                .extracting(step -> step.text("step_type"))
                .containsExactly("inference", "tool_execution", "tool_execution", "inference");
        assertThat(answers(turn)).containsExactly("Echo: Grüße", "The sum of 2 and 40 is 42.");
        assertThat(told.stream()
                        .map(item -> item.at("event", "payload"))
                        .filter(payload -> payload.text("event_type").equals("step_complete"))
                        .map(payload -> payload.at("step_details").toString()))
                .as("the steps are told as the turn has them")
                .containsExactlyElementsOf(
                        turn.items("steps").stream().map(Json::toString).toList());
        assertThat(parley.toldToTheModel(text)).containsExactly("Echo: Grüße", "The sum of 2 and 40 is 42.");
        assertThat(turn.text("output_message", "content")).isEqualTo("The tool says: The sum of 2 and 40 is 42.");
        assertThat(calls.count("get-sum")).isEqualTo(before + 1);
    }

    @Test
    void aClientRegistersAServerOfHttpAndUsesItInsideAndOutsideOfTurns() throws IOException {
        Http.json(parley.register(REMOTE, remote.url("/mcp")));
        long before = calls.count("echo");

        assertThat(Http.json(Http.get(parley.at("/v1/tools?toolgroup_id=" + REMOTE)))
                        .items("data"))
                .extracting(tool -> tool.text("identifier"))
                .contains("echo", "get-sum", LONG);
        Json invoked = parley.invoke("echo", Map.of("message", "Grüße"));
        assertThat(invoked.text("content")).isEqualTo("Echo: Grüße");
        assertThat(invoked.isNull("error_message")).isTrue();
        assertThat(remote.calls().count("echo")).isOne();

        String text = "Again #call=echo {\"message\":\"Hi\"}";
        Json turn = Http.json(parley.converse(REMOTE).post(text));
        assertThat(answers(turn)).containsExactly("Echo: Hi");
        assertThat(parley.toldToTheModel(text)).containsExactly("Echo: Hi");
        assertThat(remote.calls().count("echo")).isEqualTo(2);
        assertThat(calls.count("echo")).as("of the other server").isEqualTo(before);

        parley.unregister(REMOTE);
        assertThat(parley.converse(LOCAL).ask("Again #call=echo {\"message\":\"Ho\"}"))
                .isEqualTo("The tool says: Echo: Ho");
    }

    @Test
    void aToolsOwnWordOnWhatIsWrongIsItsAnswer() {
        String text = "Wrong #call=get-sum {\"a\":\"x\"}";

        Json turn = Http.json(parley.converse(LOCAL).post(text));

        assertThat(answers(turn)).singleElement().asString().contains("get-sum", "a");
        assertThat(parley.toldToTheModel(text)).isEqualTo(answers(turn));
    }

    @Test
    void whenTheProcessIsKilledInMidCallTheTurnGoesOnAndTheNextHasAnother() throws Exception {
        long before = calls.count(LONG);
        String text = "Killed " + LONG_CALL;
        CompletableFuture<HttpResponse<String>> turn =
                CompletableFuture.supplyAsync(() -> parley.converse(LOCAL).post(text));
        calls.await(LONG, before + 1);

        EverythingServer.killProcesses();

        assertGoesOn(Http.json(turn.get(60, TimeUnit.SECONDS)), text, LOCAL, "its process has ended");
        assertThat(calls.count(LONG))
                .as("it may have been done, so it is not done again")
                .isEqualTo(before + 1);
        assertThat(parley.converse(LOCAL).ask("Then #call=echo {\"message\":\"Hi\"}"))
                .isEqualTo("The tool says: Echo: Hi");
    }

    @Test
    void whenTheServerIsKilledInMidCallTheTurnGoesOnAndTheNextIsToldSo() throws Exception {
        Http.json(parley.register(MORTAL, mortal.url("/mcp")));
        String text = "Killed as well " + LONG_CALL;
        CompletableFuture<HttpResponse<String>> turn =
                CompletableFuture.supplyAsync(() -> parley.converse(MORTAL).post(text));
        mortal.calls().await(LONG, 1);

        mortal.close();

        assertGoesOn(Http.json(turn.get(60, TimeUnit.SECONDS)), text, MORTAL, "broke off", "ended its answer");
        HttpResponse<String> next = parley.converse(MORTAL).post("And now?");
        assertThat(next.statusCode()).isEqualTo(400);
        assertThat(next.body())
                .contains("The tool group '" + MORTAL + "' can't say which tools it has", "could not be connected to");
        parley.unregister(MORTAL);
    }

    private static void assertGoesOn(Json turn, String text, String group, String... words) {
        assertThat(turn.items("steps"))
                .extracting(step -> step.text("step_type"))
                .containsExactly("inference", "tool_execution", "inference");
        String answer = answers(turn).getFirst();
        assertThat(answer)
                .contains("the MCP server of the tool group '" + group + "' has no result: ")
                .containsAnyOf(words);
        assertThat(parley.toldToTheModel(text)).containsExactly(answer);
        assertThat(turn.text("output_message", "content")).isEqualTo("The tool says: " + answer);
    }

    /** What the tools have answered in the turn. */
    private static List<String> answers(Json turn) {
        return turn.items("steps").stream()
                .filter(step -> step.text("step_type").equals("tool_execution"))
                .flatMap(step -> step.items("tool_responses").stream())
                .map(response -> response.text("content"))
                .toList();
    }
}
