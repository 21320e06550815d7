package dev.parley.rest.agents;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A group of tools that this server knows (agents-api 2.3).
 *
 * @param accessAttributes always null: there are no accounts yet
 */
@WireRecord
@Schema(name = "ToolGroup")
record RegisteredToolGroupJson(
        String identifier,
        String providerResourceId,
        String providerId,
        String type,
        ContentJson.@Nullable UrlJson mcpEndpoint,
        @Nullable RawJson args,
        @Nullable RawJson accessAttributes)
        implements WireBody {

    /** What a group is registered with. */
    static RegisteredToolGroup read(JsonField in) {
        return new RegisteredToolGroup(
                id(in.at("toolgroup_id")),
                id(in.at("provider_id")),
                in.at("mcp_endpoint").optional(endpoint -> id(endpoint.at("uri"))),
                in.at("args").optional(JsonField::opaqueObject));
    }

    private static String id(JsonField in) {
        String id = in.string();
        if (id.isBlank() || id.indexOf(0) >= 0) {
            throw in.refuse(in.name() + " must not be blank, and have no NUL in it");
        }
        return id;
    }

    static RegisteredToolGroupJson of(RegisteredToolGroup group) {
        Optional<JsonText> args = group.args();
        return new RegisteredToolGroupJson(
                group.id(),
                group.id(),
                group.providerId(),
                "tool_group",
                group.endpoint().map(ContentJson.UrlJson::new).orElse(null),
                args.map(RawJson::of).orElse(null),
                null);
    }
}
