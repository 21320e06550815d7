package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Some of a server's tools: those that all that is said holds for.
 *
 * @param names what they are called; empty for whatever name
 * @param readOnly whether only those are meant that change nothing
 */
public record ToolFilter(Optional<List<String>> names, boolean readOnly) {

    public ToolFilter {
        requireNonNull(names, "names");
        names = names.map(List::copyOf);
    }

    public static ToolFilter of(List<String> names) {
        return new ToolFilter(Optional.of(names), false);
    }

    /** Those of the same tools that have one of these names. */
    ToolFilter only(Set<String> others) {
        List<String> both = names.<List<String>>map(
                        some -> some.stream().filter(others::contains).toList())
                .orElseGet(() -> List.copyOf(others));
        return new ToolFilter(Optional.of(both), readOnly);
    }

    boolean matches(ListedTool tool) {
        return (!readOnly || tool.readOnly())
                && names.map(some -> some.contains(tool.name())).orElse(true);
    }
}
