package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.Optional;

/**
 * A reference to a group of server tools.
 *
 * @param name {@code group} or {@code group/tool}
 * @param args an object of arguments that every call of the group gets; empty when only a name was given
 */
public record ToolGroup(String name, Optional<JsonText> args) {

    public ToolGroup {
        requireNonNull(name, "name");
        requireNonNull(args, "args");
    }
}
