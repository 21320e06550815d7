package dev.parley.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code builtin::websearch} (agents-api 4.3, 9.1). */
class SearchGroupTest {

    @Test
    void thereIsOneGroupWithOneTool() {
        try (SearchScene scene = SearchScene.of(WebSearchSettings.Provider.SEARXNG, "{}")) {
            assertThat(scene.group().builtIn().orElseThrow().id()).isEqualTo("builtin::websearch");
            assertThat(scene.group().builtIn().orElseThrow().providerId())
                    .isEqualTo(scene.group().id());
            assertThat(scene.group().list(Owner.SOLE, scene.access(Optional.empty()), new Cancellation()))
                    .extracting(ListedTool::name)
                    .containsExactly("web_search");
        }
    }

    @ParameterizedTest
    @EnumSource(WebSearchSettings.Provider.class)
    void whatIsFoundIsInTheAnswer(WebSearchSettings.Provider provider) throws ToolFailed {
        try (SearchScene scene = SearchScene.of(provider, SearchScene.twoPages(provider))) {
            Tools.Output output = run(scene, Optional.empty(), "{\"query\":\" who & what \"}");

            assertThat(output.content().text())
                    .isEqualTo("{\"query\":\"who & what\",\"top_k\":[{\"url\":\"https://example.com/a\",\"title\":\"A"
                                   + " & B\",\"content\":\"About"
                                   + " a\"},{\"url\":\"https://docs.example.org/b\",\"title\":\"https://docs.example.org/b\",\"content\":\"About"
                                   + " b\"}]}");
            assertThat(output.sources()).isEmpty();
        }
    }

    @Test
    void enginesAreAskedInTheirWay() throws ToolFailed {
        try (SearchScene searxng = SearchScene.of(WebSearchSettings.Provider.SEARXNG, "{\"results\":[]}");
                SearchScene brave = SearchScene.of(WebSearchSettings.Provider.BRAVE, "{\"query\":{}}");
                SearchScene tavily = SearchScene.of(WebSearchSettings.Provider.TAVILY, "{\"results\":[]}")) {
            for (SearchScene scene : new SearchScene[] {searxng, brave, tavily}) {
                assertThat(run(scene, Optional.empty(), "{\"query\":\"a b\"}")
                                .content()
                                .text())
                        .isEqualTo("{\"query\":\"a b\",\"top_k\":[]}");
            }

            assertThat(searxng.request().path()).isEqualTo("/api/search?q=a+b&format=json");
            assertThat(brave.request().path()).isEqualTo("/api?q=a+b&count=4&text_decorations=false");
            assertThat(brave.request().header("x-subscription-token")).isEqualTo("configured");
            assertThat(tavily.request().method()).isEqualTo("POST");
            assertThat(tavily.request().header("authorization")).isEqualTo("Bearer configured");
            assertThat(tavily.request().body())
                    .isEqualTo(
                            "{\"query\":\"a b\",\"max_results\":4,\"search_depth\":\"basic\",\"include_domains\":[]}");
        }
    }

    @Test
    void aUsersOwnKeyIsTakenInsteadOfTheConfigurations() throws ToolFailed {
        try (SearchScene tavily = SearchScene.of(WebSearchSettings.Provider.TAVILY, "{\"results\":[]}")) {
            run(tavily, Optional.of(new JsonText("{\"tavily_search_api_key\":\"own\"}")), "{\"query\":\"a\"}");
            assertThat(tavily.request().header("authorization")).isEqualTo("Bearer own");

            run(tavily, Optional.of(new JsonText("{\"brave_search_api_key\":\"other\"}")), "{\"query\":\"a\"}");
            assertThat(tavily.request().header("authorization")).isEqualTo("Bearer configured");

            assertThat(fails(tavily, Optional.of(new JsonText("{\"tavily_search_api_key\":\"sec\\r\\nret\"}"))))
                    .contains("no key that can be sent")
                    .doesNotContain("ret\"");
        }
        try (SearchScene keyless = new SearchScene(
                WebSearchSettings.Provider.BRAVE,
                Optional.empty(),
                Duration.ofSeconds(20),
                (request, answer) -> answer.send(200, "application/json", "{}"))) {
            assertThat(fails(keyless, Optional.empty())).contains("parley.web-search.api-key", "brave_search_api_key");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"query\":\"\"}", "{\"query\":{}}", "[]"})
    void aCallThatAsksForNothingIsSaidTo(String arguments) {
        try (SearchScene scene = SearchScene.of(WebSearchSettings.Provider.TAVILY, "{\"results\":[]}")) {
            ToolFailed failed = catchThrowableOfType(ToolFailed.class, () -> run(scene, Optional.empty(), arguments));

            assertThat(failed.explanation()).contains("'query'");
            assertThat(scene.server().requests()).isEmpty();
        }
    }

    @Test
    void thereIsNoOtherTool() {
        try (SearchScene scene = SearchScene.of(WebSearchSettings.Provider.TAVILY, "{\"results\":[]}")) {
            ToolCall other = new ToolCall("call_1", "erase", new ToolArguments.Json("{}"));

            assertThat(catchThrowableOfType(
                                    ToolFailed.class,
                                    () -> scene.group()
                                            .run(Owner.SOLE, scene.access(Optional.empty()), other, new Cancellation()))
                            .explanation())
                    .contains("no tool 'erase'");
        }
    }

    private static String fails(SearchScene scene, Optional<JsonText> keys) {
        return catchThrowableOfType(ToolFailed.class, () -> run(scene, keys, "{\"query\":\"a\"}"))
                .explanation();
    }

    private static Tools.Output run(SearchScene scene, Optional<JsonText> keys, String arguments) throws ToolFailed {
        return scene.group().run(Owner.SOLE, scene.access(keys), SearchScene.call(arguments), new Cancellation());
    }
}
