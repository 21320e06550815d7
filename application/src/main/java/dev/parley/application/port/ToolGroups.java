package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import java.util.List;
import java.util.Optional;

/** The groups of tools that clients have registered. */
public interface ToolGroups {

    /**
     * A group, and the tools that it had when it was registered.
     *
     * @param tools stand for what it has now only while it can't say
     */
    record Registration(RegisteredToolGroup group, List<ListedTool> tools) {
        public Registration {
            requireNonNull(group, "group");
            tools = List.copyOf(tools);
        }
    }

    /** Keeps a group. One of the same id that the owner has registered before is replaced. */
    void register(Owner owner, Registration registration);

    /** The group of this id; empty when the owner has registered none. */
    Optional<Registration> find(Owner owner, String id);

    /** The groups of the owner, in the order of their ids. */
    List<Registration> list(Owner owner);

    /** @return whether there was one */
    boolean unregister(Owner owner, String id);
}
