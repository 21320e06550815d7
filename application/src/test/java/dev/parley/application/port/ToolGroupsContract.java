package dev.parley.application.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.ToolGroups.Registration;
import dev.parley.application.testing.StoreScene;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of tool groups does. */
public abstract class ToolGroupsContract {

    private static final JsonText ANY_OBJECT = new JsonText("{\"type\":\"object\"}");
    private static final ListedTool PLAIN =
            new ListedTool("count", Optional.empty(), ANY_OBJECT, Optional.empty(), false);
    private static final ListedTool RICH = new ListedTool(
            "weigh",
            Optional.of("Weighs what is put on it"),
            new JsonText("{\"type\":\"object\",\"properties\":{\"what\":{\"type\":\"string\",\"default\":1.10}}}"),
            Optional.of(new JsonText("{\"readOnlyHint\":true}")),
            true);

    private final Owner owner = StoreScene.someOwner();
    private ToolGroups groups;

    protected abstract ToolGroups groups();

    @BeforeEach
    final void open() {
        groups = groups();
    }

    @Test
    void whatWasRegisteredIsFoundAsItWas() {
        Registration plain = new Registration(RegisteredToolGroup.builtIn("plain", "a-provider"), List.of());
        Registration rich = new Registration(
                new RegisteredToolGroup(
                        "mcp::with/slash and \"quotes\"",
                        "model-context-protocol",
                        Optional.of("https://example.org/mcp?a=b"),
                        Optional.of(new JsonText("{\"depth\":2,\"exact\":1.10}"))),
                List.of(RICH, PLAIN));

        groups.register(owner, plain);
        groups.register(owner, rich);

        assertThat(groups.find(owner, "plain")).contains(plain);
        assertThat(groups.find(owner, rich.group().id())).contains(rich);
    }

    @Test
    void whatWasNotRegisteredIsNotFound() {
        assertThat(groups.find(owner, "nothing")).isEmpty();
        assertThat(groups.list(owner)).isEmpty();
    }

    @Test
    void theyAreListedByTheirIds() {
        for (String id : List.of("b", "c", "a")) {
            groups.register(owner, registration(id, PLAIN));
        }

        assertThat(groups.list(owner))
                .extracting(registration -> registration.group().id())
                .containsExactly("a", "b", "c");
    }

    @Test
    void registeringAgainReplaces() {
        groups.register(owner, registration("a", PLAIN));
        Registration later = new Registration(
                new RegisteredToolGroup("a", "other", Optional.of("http://x"), Optional.empty()), List.of(RICH));

        groups.register(owner, later);

        assertThat(groups.list(owner)).containsExactly(later);
    }

    @Test
    void unregisteringRemovesOneOnce() {
        groups.register(owner, registration("a", PLAIN));
        groups.register(owner, registration("b", PLAIN));

        assertThat(groups.unregister(owner, "a")).isTrue();
        assertThat(groups.unregister(owner, "a")).isFalse();
        assertThat(groups.find(owner, "a")).isEmpty();
        assertThat(groups.find(owner, "b")).isPresent();
    }

    @Test
    void nobodySeesTheGroupsOfAnother() {
        groups.register(owner, registration("a", PLAIN));
        Owner other = StoreScene.someOwner();

        assertThat(groups.find(other, "a")).isEmpty();
        assertThat(groups.list(other)).isEmpty();
        assertThat(groups.unregister(other, "a")).isFalse();
        groups.register(other, registration("a", RICH));
        assertThat(groups.find(owner, "a")).contains(registration("a", PLAIN));
    }

    private static Registration registration(String id, ListedTool... tools) {
        return new Registration(RegisteredToolGroup.builtIn(id, "a-provider"), List.of(tools));
    }
}
