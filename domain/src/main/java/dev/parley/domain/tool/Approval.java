package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Before which calls of a server's tools a client is asked. */
public sealed interface Approval {

    record Always() implements Approval {}

    record Never() implements Approval {}

    /** What neither names is asked for, and so is what both name. */
    record Some(Optional<ToolFilter> always, Optional<ToolFilter> never) implements Approval {
        public Some {
            requireNonNull(always, "always");
            requireNonNull(never, "never");
        }
    }

    /** Whether the client is asked before a call of the tool. */
    default boolean isNeededFor(ListedTool tool) {
        return switch (this) {
            case Always _ -> true;
            case Never _ -> false;
            case Some(Optional<ToolFilter> always, Optional<ToolFilter> never) ->
                always.filter(filter -> filter.matches(tool)).isPresent()
                        || never.filter(filter -> filter.matches(tool)).isEmpty();
        };
    }
}
