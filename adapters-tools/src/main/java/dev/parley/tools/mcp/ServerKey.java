package dev.parley.tools.mcp;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.tools.outgoing.Target;
import java.util.Map;

/**
 * Which server of tools, and as whom: what may share a connection.
 *
 * @param headers that the user has sent to be let in; secrets. A program is given none, so it has none here: else each set of
 *     them would start it once more
 */
record ServerKey(Place place, Map<String, String> headers) {

    /** Where a server is. */
    sealed interface Place {

        /** What its user knows it by. */
        String shown();
    }

    /** One of the configuration. */
    record Configured(McpServerSettings settings) implements Place {
        Configured {
            requireNonNull(settings, "settings");
        }

        @Override
        public String shown() {
            return '\'' + settings.name() + '\'';
        }
    }

    /** An address that a user's word names. Users don't share connections to it: a session may remember things. */
    record Named(Owner owner, Target target) implements Place {
        Named {
            requireNonNull(owner, "owner");
            requireNonNull(target, "target");
        }

        @Override
        public String shown() {
            return target.origin();
        }
    }

    ServerKey {
        requireNonNull(place, "place");
        headers = isProgram(place) ? Map.of() : Map.copyOf(headers);
    }

    private static boolean isProgram(Place place) {
        return place instanceof Configured(McpServerSettings settings)
                && settings.command().isPresent();
    }

    /** Without the headers. */
    @Override
    public String toString() {
        return place.shown();
    }
}
