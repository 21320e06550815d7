package dev.parley.tools.search;

import dev.parley.application.port.ToolGroupProvider.GroupAccess;
import dev.parley.application.port.Tools;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.tools.outgoing.LazyWay;
import dev.parley.tools.testing.Answer;
import dev.parley.tools.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Both ways to a search engine on loopback that answers what a test says. */
final class SearchScene implements AutoCloseable {

    private final ScriptedServer server;
    private final LazyWay way = new LazyWay(Duration.ofSeconds(5));
    private final WebSearchSettings.Provider provider;
    private final Duration timeout;
    private final Optional<String> key;

    SearchScene(
            WebSearchSettings.Provider provider,
            Optional<String> key,
            Duration timeout,
            ScriptedServer.Handler answering) {
        this.server = new ScriptedServer(answering);
        this.provider = provider;
        this.key = key;
        this.timeout = timeout;
    }

    /** An engine that knows these pages. */
    static SearchScene of(WebSearchSettings.Provider provider, String answer) {
        return new SearchScene(
                provider,
                Optional.of("configured"),
                Duration.ofSeconds(20),
                (request, out) -> out.send(200, "application/json", answer));
    }

    /** What engines answer with two pages, one of which comes twice. */
    static String twoPages(WebSearchSettings.Provider provider) {
        String pages = """
            [{"url":"https://example.com/a","title":"A &amp; <b>B</b>","%1$s":"About <strong>a</strong>"},
             {"url":"https://docs.example.org/b","title":"","%1$s":"About b"},
             {"url":"https://example.com/a","title":"again","%1$s":""},
             {"url":"javascript:alert(1)","title":"no page","%1$s":""}]\
            """.formatted(provider == WebSearchSettings.Provider.BRAVE ? "description" : "content");
        return provider == WebSearchSettings.Provider.BRAVE
                ? "{\"query\":{\"original\":\"x\"},\"web\":{\"results\":%s}}".formatted(pages)
                : "{\"query\":\"x\",\"results\":%s}".formatted(pages);
    }

    ScriptedServer server() {
        return server;
    }

    ScriptedServer.Request request() {
        return server.requests().getLast();
    }

    SearchGroup group() {
        return new SearchGroup(search(), 4);
    }

    HostedSearch hosted() {
        return new HostedSearch(search(), 4);
    }

    private WebSearch search() {
        WebSearchSettings settings =
                new WebSearchSettings(Optional.of(provider.name()), Optional.of(server.url("/api")), key, 4, timeout);
        return new WebSearch(SearchEngine.of(settings), way, key, timeout);
    }

    GroupAccess access(Optional<JsonText> keys) {
        return new GroupAccess(group().builtIn().orElseThrow(), keys);
    }

    static ToolCall call(String arguments) {
        return new ToolCall("call_1", "web_search", new ToolArguments.Json(arguments));
    }

    static Tools.Access declared(String more) {
        return new Tools.Access(
                new HostedTool(
                        HostedKind.WEB_SEARCH,
                        "web_search",
                        "tools[0]",
                        new JsonText("{\"type\":\"web_search\"%s}".formatted(more))),
                Optional.empty());
    }

    static Tools.HostedCall hostedCall(String more, String arguments) {
        return new Tools.HostedCall(
                declared(more),
                new CallForm.Hosted(HostedKind.WEB_SEARCH, Optional.empty(), "web_search"),
                call(arguments));
    }

    /** Never answers. */
    static void silence(ScriptedServer.Request request, Answer answer) throws IOException {
        answer.awaitClosed();
    }

    @Override
    public void close() {
        way.close();
        server.close();
    }
}
