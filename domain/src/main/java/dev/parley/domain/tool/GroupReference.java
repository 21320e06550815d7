package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * What {@code group} or {@code group/tool} stands for.
 *
 * @param tool the one tool of the group that is meant; empty for all
 */
public record GroupReference(String group, Optional<String> tool) {

    public GroupReference {
        requireNonNull(group, "group");
        requireNonNull(tool, "tool");
    }

    /** A name that is a group's as a whole means all of it: the ids of groups may have slashes of their own. */
    public static GroupReference of(String name, Predicate<String> isGroup) {
        int slash = name.lastIndexOf('/');
        if (slash < 0 || isGroup.test(name)) {
            return new GroupReference(name, Optional.empty());
        }
        return new GroupReference(name.substring(0, slash), Optional.of(name.substring(slash + 1)));
    }
}
