package dev.parley.rest.agents;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.JsonValue.JsonString;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/** A reference to a group of server tools: its name, or with arguments an object (agents-api 2.3). */
@WireRecord
@Schema(name = "AgentToolGroupWithArgs")
record ToolGroupJson(String name, RawJson args) {

    static ToolGroup read(JsonField in) {
        if (in.value() instanceof JsonString(String name)) {
            return new ToolGroup(name, Optional.empty());
        }
        return new ToolGroup(in.at("name").string(), Optional.of(in.at("args").opaqueObject()));
    }

    /** A string or a {@link ToolGroupJson}. */
    static Object of(ToolGroup group) {
        Optional<JsonText> args = group.args();
        return args.isEmpty() ? group.name() : new ToolGroupJson(group.name(), RawJson.of(args.get()));
    }
}
