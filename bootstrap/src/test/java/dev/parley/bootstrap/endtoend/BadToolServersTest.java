package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.tools.testing.ScriptedMcp;
import dev.parley.tools.testing.ScriptedMcp.Trick;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers of tools that do what they should not: whoever asks over HTTP is told so in words, and turns go on. */
class BadToolServersTest {

    private static final String NO_INNARDS = "(?s).*(Exception|dev\\.parley|io\\.modelcontextprotocol|jackson).*";

    /** What a server does instead of answering, and what is said of it. */
    enum Mischief {
        HANGS("did not answer within 1500 ms", (_, _, answer) -> answer.awaitClosed()),
        TELLS_A_PAGE("JSON was expected", (_, _, answer) -> answer.send(200, "text/html", "<p>Hello")),
        TELLS_NO_MESSAGE(
                "no message of the protocol", (_, _, answer) -> answer.send(200, "application/json", "{\"jsonrpc\":")),
        TELLS_A_HUNDRED_MEGABYTES("larger than", (_, _, answer) -> {
            OutputStream out = answer.begin(200, Map.of("Content-Type", "application/json"));
            byte[] some = "x".repeat(1 << 16).getBytes(UTF_8);
            for (int sent = 0; sent < 100 << 20; sent += some.length) {
                out.write(some);
            }
        }),
        DIES("broke off", (_, _, _) -> {
            throw new IOException("dies without a word");
        });

        private final String words;
        private final Trick trick;

        Mischief(String words, Trick trick) {
            this.words = words;
            this.trick = trick;
        }
    }

    private static final ScriptedMcp TOOLS = new ScriptedMcp();
    private static final ScriptedMcp MORTAL = new ScriptedMcp();
    private static final ServerWithRealTools PARLEY = new ServerWithRealTools(
            Map.of(
                    "parley.mcp.connect-timeout", "1500ms",
                    "parley.mcp.call-timeout", "1500ms",
                    "parley.mcp.list-ttl", "1m",
                    "parley.mcp.max-message-size", "64KB"),
            TOOLS.port(),
            MORTAL.port());

    @AfterAll
    static void close() {
        PARLEY.close();
        TOOLS.close();
        MORTAL.close();
    }

    @ParameterizedTest
    @EnumSource
    void aGroupThatCantSayWhatItHasIsNotRegistered(Mischief mischief) {
        TOOLS.trick("tools/list", mischief.trick);
        HttpResponse<String> refused = PARLEY.register("mcp::listing", TOOLS.url() + '?' + mischief);
        TOOLS.honest("tools/list");

        assertRefused(refused, "mcp::listing", mischief.words);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANGS", "TELLS_A_PAGE", "DIES"})
    void aServerThatCantBeAgreedWithIsNotRegistered(Mischief mischief) {
        TOOLS.trick("initialize", mischief.trick);
        HttpResponse<String> refused = PARLEY.register("mcp::agreeing", TOOLS.url() + "?agree-" + mischief);
        TOOLS.honest("initialize");

        assertRefused(refused, "mcp::agreeing", mischief.words);
    }

    @Test
    void twoToolsOfOneNameAreNotRegistered() throws IOException {
        try (ScriptedMcp twins = new ScriptedMcp();
                ServerWithRealTools parley = new ServerWithRealTools(Map.of(), twins.port())) {
            twins.changeTools(ScriptedMcp.tool("echo", "{}"), ScriptedMcp.tool("echo", "{\"readOnlyHint\":true}"));

            assertThat(parley.register("mcp::twins", twins.url()).body()).contains("two of them are called 'echo'");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatComesToNothingIsAnAnswerAndTurnsGoOn(Mischief mischief) {
        String group = "mcp::calling";
        Http.json(PARLEY.register(group, TOOLS.url()));
        TOOLS.trick("tools/call", mischief.trick);
        try {
            Json invoked = PARLEY.invoke("echo", Map.of("text", "Hi"));
            assertThat(invoked.text("error_message"))
                    .contains("the MCP server of the tool group '" + group + "' has no result", mischief.words)
                    .doesNotMatch(NO_INNARDS);
            assertThat(invoked.number("error_code")).isOne();

            assertGoesOn(group, mischief.words, mischief.name());
        } finally {
            TOOLS.honest("tools/call");
        }
        assertThat(PARLEY.invoke("echo", Map.of("text", "Hi")).text("content")).isEqualTo("echoed");
        PARLEY.unregister(group);
    }

    @Test
    void aServerThatHasGoneIsSaidToHaveAndTurnsGoOn() {
        Http.json(PARLEY.register("mcp::mortal", MORTAL.url()));
        Conversation conversation = PARLEY.converse("mcp::mortal");
        MORTAL.close();

        assertGoesOn("mcp::mortal", "could not be connected to", "gone");
        assertThat(PARLEY.invoke("echo", Map.of("text", "Hi")).text("error_message"))
                .contains("could not be connected to")
                .doesNotMatch(NO_INNARDS);
        HttpResponse<String> refused = conversation.post("hello");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains(
                        "The tool group 'mcp::mortal' can't say which tools it has", "Leave it out, or try again later")
                .doesNotMatch(NO_INNARDS);
        PARLEY.unregister("mcp::mortal");
        assertRefused(PARLEY.register("mcp::mortal", MORTAL.url()), "mcp::mortal", "could not be connected to");
    }

    /** The tool's answer in the turn, and what the model makes of it. */
    private static void assertGoesOn(String group, String words, String about) {
        String text = about + " #call=echo {\"text\":\"Hi\"}";
        Json turn = Http.json(PARLEY.converse(group).post(text));

        List<Json> steps = turn.items("steps");
        assertThat(steps)
                .extracting(step -> step.text("step_type"))
                .containsExactly("inference", "tool_execution", "inference");
        String answer = steps.get(1).items("tool_responses").getFirst().text("content");
        assertThat(answer).contains("'" + group + "'", words).doesNotMatch(NO_INNARDS);
        assertThat(PARLEY.toldToTheModel(text)).containsExactly(answer);
        assertThat(turn.text("output_message", "content")).isEqualTo("The tool says: " + answer);
    }

    private static void assertRefused(HttpResponse<String> refused, String group, String words) {
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("The tool group '" + group + "' can't be registered", words)
                .doesNotMatch(NO_INNARDS);
        assertThat(Http.get(PARLEY.at("/v1/toolgroups")).body()).doesNotContain(group);
    }
}
