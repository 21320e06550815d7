package dev.parley.tools.mcp.wire;

import java.util.List;
import java.util.Map;

/**
 * A server of tools that is a process of this machine. Only the configuration may name one.
 *
 * @param command with its arguments
 * @param environment what it gets beside what every process needs; of this process's own, with its secrets, it gets nothing
 * @param longest message that is taken, in bytes
 */
public record ProcessEnd(List<String> command, Map<String, String> environment, long longest) {
    public ProcessEnd {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Without the environment. */
    @Override
    public String toString() {
        return command.getFirst();
    }
}
