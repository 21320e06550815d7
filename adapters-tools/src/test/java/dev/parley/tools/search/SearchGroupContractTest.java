package dev.parley.tools.search;

import dev.parley.application.port.ToolGroupProvider;
import dev.parley.application.port.ToolGroupProviderContract;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.ToolCall;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class SearchGroupContractTest extends ToolGroupProviderContract {

    private final SearchScene scene = SearchScene.of(
            WebSearchSettings.Provider.SEARXNG, SearchScene.twoPages(WebSearchSettings.Provider.SEARXNG));

    @AfterEach
    void stop() {
        scene.close();
    }

    @Override
    protected ToolGroupProvider provider() {
        return scene.group();
    }

    @Override
    protected RegisteredToolGroup group() {
        return scene.group().builtIn().orElseThrow();
    }

    /** Which tool it has is known without asking anybody. */
    @Override
    protected Optional<RegisteredToolGroup> brokenGroup() {
        return Optional.empty();
    }

    @Override
    protected ToolCall working() {
        return SearchScene.call("{\"query\":\"a\"}");
    }

    @Override
    protected ToolCall failing() {
        return SearchScene.call("{}");
    }
}
