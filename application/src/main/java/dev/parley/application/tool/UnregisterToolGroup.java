package dev.parley.application.tool;

import dev.parley.application.port.ToolGroups;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;

/** Forgets a group of tools; turns that have begun with it are told that it is gone when they call one (agents-api 9.1). */
public final class UnregisterToolGroup {

    private final KnownGroups groups;
    private final ToolGroups registered;

    public UnregisterToolGroup(KnownGroups groups, ToolGroups registered) {
        this.groups = groups;
        this.registered = registered;
    }

    /** @throws Refusal when there is no such group, or it is everybody's */
    public void unregister(Owner owner, String id) {
        if (!registered.unregister(owner, id)) {
            if (groups.isDeclared(id)) {
                throw Refusal.of(
                        Refusal.Code.INVALID,
                        "The tool group '%s' is declared by this server's configuration; its operator can remove it there"
                                .formatted(id));
            }
            throw Refusal.notFound("Tool group", id);
        }
    }
}
