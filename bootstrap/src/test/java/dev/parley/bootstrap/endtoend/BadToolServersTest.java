package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.tools.testing.Answer;
import dev.parley.tools.testing.ScriptedMcp;
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
        HANGS("did not answer within 2500 ms"),
        TELLS_A_PAGE("JSON was expected"),
        TELLS_NO_MESSAGE("no message of the protocol"),
        TELLS_A_HUNDRED_MEGABYTES("larger than"),
        DIES("broke off");

        private final String words;

        Mischief(String words) {
            this.words = words;
        }

        private void play(Answer answer) throws IOException {
            switch (this) {
                case HANGS -> answer.awaitClosed();
                case TELLS_A_PAGE -> answer.send(200, "text/html", "<p>Hello");
                case TELLS_NO_MESSAGE -> answer.send(200, "application/json", "{\"jsonrpc\":");
                case TELLS_A_HUNDRED_MEGABYTES -> {
                    OutputStream out = answer.begin(200, Map.of("Content-Type", "application/json"));
                    byte[] some = "x".repeat(1 << 16).getBytes(UTF_8);
                    for (int sent = 0; sent < 100 << 20; sent += some.length) {
                        out.write(some);
                    }
                }
                case DIES -> throw new IOException("dies without a word");
            }
        }
    }

    private static final ScriptedMcp TOOLS = new ScriptedMcp();
    private static final ScriptedMcp MORTAL = new ScriptedMcp();
    private static final ServerWithRealTools PARLEY = new ServerWithRealTools(
            Map.of(
                    "parley.mcp.connect-timeout", "2500ms",
                    "parley.mcp.call-timeout", "2500ms",
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
        TOOLS.trick("tools/list", (_, _, answer) -> mischief.play(answer));
        HttpResponse<String> refused = PARLEY.register("mcp::listing", TOOLS.url() + '?' + mischief);
        TOOLS.honest("tools/list");

        assertRefused(refused, "mcp::listing", mischief.words);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANGS", "TELLS_A_PAGE", "DIES"})
    void aServerThatCantBeAgreedWithIsNotRegistered(Mischief mischief) {
        TOOLS.trick("initialize", (_, _, answer) -> mischief.play(answer));
        HttpResponse<String> refused = PARLEY.register("mcp::agreeing", TOOLS.url() + "?agree-" + mischief);
        TOOLS.honest("initialize");

        assertRefused(refused, "mcp::agreeing", mischief.words);
    }

    @Test
    void twoToolsOfOneNameAreNotTakenForOne() throws IOException {
        String words = "two of them are called 'echo'";
        TOOLS.changeTools(ScriptedMcp.tool("echo", "{}"), ScriptedMcp.tool("echo", "{\"readOnlyHint\":true}"));
        HttpResponse<String> refused = PARLEY.register("mcp::twins", TOOLS.url() + "?twins");
        Json response = respond("Hello", TOOLS.url() + "?twins");
        TOOLS.changeTools(ScriptedMcp.tool("echo", "{}"));

        assertRefused(refused, "mcp::twins", words);
        assertThat(types(response)).containsExactly("mcp_list_tools", "message");
        assertThat(response.items("output").getFirst().at("error").toString()).contains(words);
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatComesToNothingIsAnAnswerAndTurnsGoOn(Mischief mischief) {
        String group = "mcp::calling";
        Http.json(PARLEY.register(group, TOOLS.url()));
        TOOLS.trick("tools/call", (_, _, answer) -> mischief.play(answer));
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

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HANGS")
    void aResponseSaysWhichServerCantSayWhatItHasAndGoesOnWithItsOtherTools(Mischief mischief) {
        TOOLS.trick("tools/list", (_, _, answer) -> mischief.play(answer));
        Json response = respond("Hello", TOOLS.url() + "?respond-" + mischief);
        TOOLS.honest("tools/list");

        assertThat(types(response)).containsExactly("mcp_list_tools", "message");
        assertThat(response.items("output").getFirst().at("error").toString())
                .contains("the MCP server 'bad' lists no tools", mischief.words)
                .doesNotMatch(NO_INNARDS);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HANGS")
    void aCallThatComesToNothingInAResponseFailsAndTheModelIsTold(Mischief mischief) {
        TOOLS.trick("tools/call", (_, _, answer) -> mischief.play(answer));
        Json response = respond("#call=bad__echo {\"text\":\"Hi\"}", TOOLS.url());
        TOOLS.honest("tools/call");

        assertThat(types(response)).containsExactly("mcp_list_tools", "mcp_call", "message");
        Json call = response.items("output").get(1);
        assertThat(call.text("status")).isEqualTo("failed");
        assertThat(call.text("error", "type")).isEqualTo("mcp_protocol_error");
        assertThat(call.text("error", "message")).contains(mischief.words).doesNotMatch(NO_INNARDS);
        assertThat(EventReader.outputText(response)).contains("the MCP server 'bad' has no result", mischief.words);
    }

    private static Json respond(String text, String url) {
        Json response = Http.json(Http.post(
                PARLEY.at("/v1/responses"),
                Map.of(
                        "model",
                        "scripted-model",
                        "input",
                        text,
                        "tools",
                        List.of(
                                Map.of("type", "function", "name", "get_boiling_point"),
                                Map.of(
                                        "type",
                                        "mcp",
                                        "server_label",
                                        "bad",
                                        "server_url",
                                        url,
                                        "require_approval",
                                        "never")))));
        assertThat(response.text("status")).isEqualTo("completed");
        return response;
    }

    private static List<String> types(Json response) {
        return response.items("output").stream().map(item -> item.text("type")).toList();
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
