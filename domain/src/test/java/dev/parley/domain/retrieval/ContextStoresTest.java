package dev.parley.domain.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ToolGroup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContextStoresTest {

    private static final String ON = "{\"insert_context\":true,\"vector_db_ids\":[\"a\",\"b\",\"a\"]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "builtin::rag | {\"insert_context\":true,\"vector_db_ids\":[\"a\",\"b\",\"a\"]} | a,b",
                "builtin::rag/knowledge_search | {\"insert_context\":true,\"vector_db_ids\":[\"a\"]} | a",
                "builtin::rag | {\"vector_db_ids\":[\"a\"]} | ''",
                "builtin::rag | {\"insert_context\":false,\"vector_db_ids\":[\"a\"]} | ''",
                "builtin::rag | {\"insert_context\":\"true\",\"vector_db_ids\":[\"a\"]} | ''",
                "builtin::rag | {\"insert_context\":true} | ''",
                "builtin::rag | {\"insert_context\":true,\"vector_db_ids\":\"a\"} | ''",
                "builtin::websearch | {\"insert_context\":true,\"vector_db_ids\":[\"a\"]} | ''",
                "builtin::rags | {\"insert_context\":true,\"vector_db_ids\":[\"a\"]} | ''"
            })
    void theStoresAreThoseOfTheGroupThatSaysSo(String name, String args, String stores) {
        List<String> expected = stores.isEmpty() ? List.of() : List.of(stores.split(","));

        assertThat(ContextStores.of(List.of(group(name, args)), List.of())).isEqualTo(expected);
    }

    @Test
    void aTurnsOwnGroupsTakeThePlaceOfTheAgents() {
        ToolGroup agents = group("builtin::rag", ON);
        ToolGroup bare = new ToolGroup("builtin::rag", Optional.empty());
        ToolGroup other = new ToolGroup("mcp::x", Optional.empty());
        ToolGroup off = group("builtin::rag", "{\"vector_db_ids\":[\"c\"]}");

        assertThat(ContextStores.of(List.of(agents), List.of(other))).isEmpty();
        assertThat(ContextStores.of(List.of(agents), List.of(bare))).containsExactly("a", "b");
        assertThat(ContextStores.of(List.of(agents), List.of(off))).isEmpty();
        assertThat(ContextStores.of(List.of(), List.of(agents))).containsExactly("a", "b");
        assertThat(ContextStores.of(List.of(), List.of())).isEmpty();
    }

    private static ToolGroup group(String name, String args) {
        return new ToolGroup(name, Optional.of(new JsonText(args)));
    }
}
