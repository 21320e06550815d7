package dev.parley.tools.mcp;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools.Output;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What both ways to a server of tools do once they know which one: list, and call. */
final class Servers {

    private static final TypeRef<Map<String, Object>> MEMBERS = new TypeRef<>() {};

    private final ServerPool pool;
    private final Map<String, McpServerSettings> configured;

    /** @param configured by their names */
    Servers(ServerPool pool, Map<String, McpServerSettings> configured) {
        this.pool = pool;
        this.configured = Map.copyOf(configured);
    }

    /** A server that the configuration names. */
    Optional<ServerKey.Configured> configured(String name) {
        return Optional.ofNullable(configured.get(name)).map(ServerKey.Configured::new);
    }

    /** @throws ToolFailed when the server can't say, or says what can't be used */
    List<ListedTool> list(ServerKey key, String shown, Cancellation cancellation) throws ToolFailed {
        String what = "the MCP server %s lists no tools".formatted(shown);
        List<Tool> tools;
        try {
            tools = pool.tools(key, cancellation);
        } catch (ServerFailed failed) {
            throw failed.toolFailed(what);
        }
        Set<String> names = new HashSet<>();
        List<ListedTool> listed = new ArrayList<>();
        for (Tool tool : tools) {
            if (tool.name() == null || tool.name().isBlank()) {
                throw new ToolFailed(what + ": one of them has no name");
            }
            if (!names.add(tool.name())) {
                throw new ToolFailed("%s: two of them are called '%s', and nobody knows which is meant"
                        .formatted(what, ServerFailed.shortened(tool.name())));
            }
            listed.add(listed(tool));
        }
        return listed;
    }

    /** @throws ToolFailed when the tool has no result */
    Output call(ServerKey key, String shown, String tool, ToolCall call, Cancellation cancellation) throws ToolFailed {
        try {
            return ToolResults.output(pool.call(key, tool, members(call.arguments()), cancellation));
        } catch (ServerFailed failed) {
            throw failed.toolFailed("the MCP server %s has no result".formatted(shown));
        }
    }

    private static ListedTool listed(Tool tool) {
        return new ListedTool(
                tool.name(),
                Optional.ofNullable(tool.description()),
                tool.inputSchema() == null
                        ? new JsonText("{\"type\":\"object\",\"properties\":{}}")
                        : new JsonText(ToolResults.json(tool.inputSchema())),
                Optional.ofNullable(tool.annotations()).map(hints -> new JsonText(ToolResults.json(hints))),
                tool.annotations() != null
                        && Boolean.TRUE.equals(tool.annotations().readOnlyHint()));
    }

    private static Map<String, Object> members(ToolArguments arguments) throws ToolFailed {
        try {
            return switch (arguments) {
                case ToolArguments.Json(String text) ->
                    McpJsonDefaults.getMapper().readValue(text, MEMBERS);
                case ToolArguments.Malformed _ -> throw new ToolFailed("the arguments are not a JSON object");
            };
        } catch (IOException | RuntimeException _) {
            throw new ToolFailed("the arguments are not a JSON object");
        }
    }
}
