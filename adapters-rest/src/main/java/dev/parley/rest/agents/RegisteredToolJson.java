package dev.parley.rest.agents;

import dev.parley.application.tool.GroupTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tool of a group of this server's (agents-api 2.3).
 *
 * @param accessAttributes always null: there are no accounts yet
 */
@WireRecord
@Schema(name = "Tool")
record RegisteredToolJson(
        String identifier,
        String providerResourceId,
        String providerId,
        String type,
        String toolgroupId,
        String toolHost,
        String description,
        List<ToolDefJson.Parameter> parameters,
        @Nullable RawJson metadata,
        @Nullable RawJson accessAttributes)
        implements WireBody {

    private static final String MCP = "model-context-protocol";

    static RegisteredToolJson of(GroupTool tool) {
        ListedTool listed = tool.tool();
        String provider = tool.group().providerId();
        return new RegisteredToolJson(
                listed.name(),
                listed.name(),
                provider,
                "tool",
                tool.group().id(),
                provider.equals(MCP) ? "model_context_protocol" : "distribution",
                listed.description().orElse(""),
                ToolParameters.of(listed.inputSchema()),
                listed.annotations().map(RawJson::of).orElse(null),
                null);
    }

    /** The tool as clients that bring tools of their own would declare it. */
    static ToolDefJson definition(GroupTool tool) {
        RegisteredToolJson json = of(tool);
        return new ToolDefJson(json.identifier(), json.description(), json.parameters(), json.metadata(), null);
    }
}
