package dev.parley.domain.retrieval;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.tool.ToolGroup;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The stores that a turn looks into before its model is asked, without the model having asked for it. That is so where the group
 * of retrieval is used with the argument {@code insert_context}; else there are none. Its tools are offered all the same.
 */
public final class ContextStores {

    private static final String GROUP = "builtin::rag";
    private static final String SWITCH = "insert_context";
    private static final String STORES = "vector_db_ids";

    private ContextStores() {}

    /**
     * The ids of the stores, each once.
     *
     * @param agents the groups of the turn's agent
     * @param turns those of the turn's own, which take the place of the agent's when there are any; the arguments that were given
     *     last count (agents-api 5.5)
     */
    public static List<String> of(List<ToolGroup> agents, List<ToolGroup> turns) {
        if ((turns.isEmpty() ? agents : turns).stream().noneMatch(ContextStores::isRetrieval)) {
            return List.of();
        }
        Optional<JsonValue.Members> args = Stream.concat(agents.stream(), turns.stream())
                .filter(ContextStores::isRetrieval)
                .flatMap(group -> group.args().stream())
                .reduce((_, last) -> last)
                .map(JsonText::text)
                .flatMap(JsonValue::members);
        return args.filter(given -> given.given(SWITCH)
                        .filter(new JsonValue.Flag(true)::equals)
                        .isPresent())
                .map(ContextStores::ids)
                .orElse(List.of());
    }

    private static boolean isRetrieval(ToolGroup group) {
        return group.name().equals(GROUP) || group.name().startsWith(GROUP + '/');
    }

    private static List<String> ids(JsonValue.Members args) {
        if (!(args.given(STORES).orElse(null) instanceof JsonValue.Array(List<JsonValue> elements))) {
            return List.of();
        }
        return elements.stream()
                .filter(JsonValue.Text.class::isInstance)
                .map(id -> ((JsonValue.Text) id).value())
                .distinct()
                .toList();
    }
}
