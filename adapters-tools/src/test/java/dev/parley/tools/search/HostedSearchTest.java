package dev.parley.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.HostedToolProviderContract;
import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.Source;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code web_search} of the Responses API. */
class HostedSearchTest extends HostedToolProviderContract {

    private static final String QUERY = "{\"query\":\"a\"}";

    private final SearchScene scene =
            SearchScene.of(WebSearchSettings.Provider.BRAVE, SearchScene.twoPages(WebSearchSettings.Provider.BRAVE));

    @AfterEach
    void stop() {
        scene.close();
    }

    @Override
    protected HostedToolProvider provider() {
        return scene.hosted();
    }

    @Override
    protected Tools.Access declared() {
        return SearchScene.declared("");
    }

    @Override
    protected Optional<HostedTool> refused() {
        return Optional.of(SearchScene.declared(",\"filters\":{\"allowed_domains\":[\"https://example.com/\"]}")
                .tool());
    }

    @Override
    protected Tools.HostedCall working() {
        return SearchScene.hostedCall("", QUERY);
    }

    @Override
    protected Tools.HostedCall failing() {
        return SearchScene.hostedCall("", "{}");
    }

    @Test
    void pagesAreSourcesToBeCitedAndTheClientIsToldOfThem() throws ToolFailed {
        Tools.Output output = run(scene, "");

        assertThat(output.sources())
                .containsExactly(
                        new Source.Page("https://example.com/a", "A & B", "About a"),
                        new Source.Page("https://docs.example.org/b", "https://docs.example.org/b", "About b"));
        assertThat(output.content().text()).contains("\"a\"").doesNotContain("example.com");
        assertThat(output.metadata()).contains(new JsonText("""
            {"sources":[{"type":"url","url":"https://example.com/a"},{"type":"url","url":"https://docs.example.org/b"}],\
            "results":[{"url":"https://example.com/a","title":"A & B","snippet":"About a"},\
            {"url":"https://docs.example.org/b","title":"https://docs.example.org/b","snippet":"About b"}]}\
            """));
    }

    @Test
    void onlyAllowedDomainsAreFound() throws ToolFailed {
        Tools.Output output = run(scene, ",\"filters\":{\"allowed_domains\":[\"Example.org\"]}");

        assertThat(output.sources())
                .extracting(Source::name)
                .containsExactly("https://docs.example.org/b (https://docs.example.org/b)");
        assertThat(scene.request().path()).contains("q=a+%28site%3Aexample.org%29", "count=20");
    }

    @Test
    void whereTheUserIsIsToldToEnginesThatCare() throws ToolFailed {
        run(
                scene,
                ",\"user_location\":{\"type\":\"approximate\",\"country\":\"de\",\"city\":\"Ulm\",\"timezone\":\"Europe/Berlin\",\"region\":\"Ä\"}");

        assertThat(scene.request().path()).contains("country=DE");
        assertThat(scene.request().header("x-loc-city")).isEqualTo("Ulm");
        assertThat(scene.request().header("x-loc-timezone")).isEqualTo("Europe/Berlin");
        assertThat(scene.request().header("x-loc-state-name")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"low, 2", "medium, 4", "high, 8"})
    void moreOrLessContextIsMoreOrFewerPages(String size, int count) throws ToolFailed {
        run(scene, ",\"search_context_size\":\"%s\"".formatted(size));

        assertThat(scene.request().path()).contains("count=" + count);
    }

    @Test
    void whoWantsNoAccessToTheWebIsOfferedNoSearch() {
        assertThat(scene.hosted()
                        .offered(
                                Owner.SOLE,
                                SearchScene.declared(",\"external_web_access\":false")
                                        .tool()))
                .isEmpty();
    }

    @Test
    void nothingFoundIsAnAnswer() throws ToolFailed {
        try (SearchScene empty = SearchScene.of(WebSearchSettings.Provider.SEARXNG, "{\"results\":[]}")) {
            Tools.Output output = run(empty, "");

            assertThat(output.content().text()).contains("No pages were found");
            assertThat(output.sources()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, let this server in",
        "403, let this server in",
        "429, too often",
        "500, status 500",
        "302, status 302"
    })
    void statusesThatSayNoAreTold(int status, String why) {
        try (SearchScene broken = new SearchScene(
                WebSearchSettings.Provider.TAVILY,
                Optional.of("secret"),
                Duration.ofSeconds(20),
                (request, answer) -> answer.send(status, "text/html", "secret"))) {
            assertThat(fails(broken)).contains(why).doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{", "[]", "7", "{}", "{\"results\":7}", "{\"results\":{\"a\":1}}"})
    void garbageIsSaidToBe(String body) {
        try (SearchScene broken = SearchScene.of(WebSearchSettings.Provider.SEARXNG, body)) {
            assertThat(fails(broken)).containsAnyOf("can't be read", "no list of pages");
        }
    }

    @Test
    void aSlowOrEndlessAnswerIsNotWaitedFor() {
        try (SearchScene slow = new SearchScene(
                        WebSearchSettings.Provider.SEARXNG,
                        Optional.empty(),
                        Duration.ofMillis(500),
                        SearchScene::silence);
                SearchScene endless = new SearchScene(
                        WebSearchSettings.Provider.SEARXNG,
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        (request, answer) -> {
                            OutputStream out = answer.begin(200, Map.of());
                            while (true) {
                                out.write(new byte[65_536]);
                            }
                        })) {
            assertThat(fails(slow)).contains("did not answer within 500 ms");
            assertThat(fails(endless)).contains("larger than");
        }
    }

    @Test
    void anEngineThatIsNotThereIsSaidNotToBe() {
        scene.server().close();

        assertThat(fails(scene)).contains("could not be connected to");
    }

    @Test
    void whoeverCallsOffDoesNotWait() throws Exception {
        try (SearchScene slow = new SearchScene(
                WebSearchSettings.Provider.SEARXNG, Optional.empty(), Duration.ofSeconds(60), SearchScene::silence)) {
            Cancellation cancellation = new Cancellation();
            Thread caller = Thread.ofVirtual().start(() -> {
                while (slow.server().requests().isEmpty()) {
                    Thread.onSpinWait();
                }
                cancellation.request(Cancellation.Reason.CLIENT_LEFT);
            });

            ToolFailed failed = catchThrowableOfType(
                    ToolFailed.class,
                    () -> slow.hosted().run(Owner.SOLE, SearchScene.hostedCall("", QUERY), _ -> {}, cancellation));

            assertThat(failed.explanation()).contains("called off");
            caller.join();
        }
    }

    private static String fails(SearchScene scene) {
        return catchThrowableOfType(ToolFailed.class, () -> run(scene, "")).explanation();
    }

    private static Tools.Output run(SearchScene scene, String more) throws ToolFailed {
        return scene.hosted().run(Owner.SOLE, SearchScene.hostedCall(more, QUERY), _ -> {}, new Cancellation());
    }
}
