package dev.parley.domain.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedGroupsTest {

    private static final JsonText ONE = new JsonText("{\"a\":1}");
    private static final JsonText TWO = new JsonText("{\"b\":2}");

    @Test
    void theAgentsGroupsCountWhereTheTurnHasNone() {
        assertThat(new WantedGroups(List.of(group("x"), group("y/t"), group("x")), List.of()).names())
                .containsExactly("x", "y/t");
    }

    @Test
    void theTurnsGroupsTakeThePlaceOfTheAgents() {
        assertThat(new WantedGroups(List.of(group("x")), List.of(group("z"), group("z"))).names())
                .containsExactly("z");
    }

    @Test
    void theArgumentsAreThoseThatWereGivenLastToTheGroup() {
        WantedGroups wanted = new WantedGroups(
                List.of(group("x/s", ONE), group("y", ONE), group("unused", ONE)),
                List.of(group("y/t", TWO), group("x")));

        assertThat(wanted.args(name -> name.split("/", -1)[0])).isEqualTo(Map.of("x", ONE, "y", TWO, "unused", ONE));
    }

    @ParameterizedTest
    @CsvSource({
        "builtin::rag, builtin::rag, ",
        "builtin::rag/knowledge_search, builtin::rag, knowledge_search",
        "with/slash, with/slash, ",
        "with/slash/tool, with/slash, tool",
        "unknown, unknown, ",
        "unknown/tool, unknown, tool",
        "/, '', ''"
    })
    void aNameIsAGroupsOrAToolsOfOne(String name, String group, String tool) {
        List<String> groups = List.of("builtin::rag", "with/slash");

        assertThat(GroupReference.of(name, groups::contains))
                .isEqualTo(new GroupReference(group, Optional.ofNullable(tool)));
    }

    @Test
    void theWebIsSearchedUnderTheNameThatModelsKnow() {
        RegisteredToolGroup web = RegisteredToolGroup.builtIn("builtin::websearch", "any");
        RegisteredToolGroup other = RegisteredToolGroup.builtIn("mine", "any");

        assertThat(web.shownName("web_search")).isEqualTo("brave_search");
        assertThat(web.shownName("fetch")).isEqualTo("fetch");
        assertThat(other.shownName("web_search")).isEqualTo("web_search");
        assertThat(other.shownName("list files")).matches("list_files_[0-9a-f]{8}");
    }

    private static ToolGroup group(String name) {
        return new ToolGroup(name, Optional.empty());
    }

    private static ToolGroup group(String name, JsonText args) {
        return new ToolGroup(name, Optional.of(args));
    }
}
