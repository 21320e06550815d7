package dev.parley.rest.agents;

import dev.parley.application.port.Cancellation;
import dev.parley.application.tool.ReadToolGroups;
import dev.parley.application.tool.RegisterToolGroup;
import dev.parley.application.tool.UnregisterToolGroup;
import dev.parley.domain.Owner;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** Groups of tools (agents-api 9.1). Their ids may have slashes and colons in them. */
@Controller("/v1/toolgroups")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Tools")
final class ToolGroupsController {

    private final ReadToolGroups read;
    private final RegisterToolGroup register;
    private final UnregisterToolGroup unregister;

    ToolGroupsController(ReadToolGroups read, RegisterToolGroup register, UnregisterToolGroup unregister) {
        this.read = read;
        this.register = register;
        this.unregister = unregister;
    }

    /** List the tool groups. */
    @Get
    ToolGroupListJson listToolGroups() {
        return new ToolGroupListJson(
                read.list(Owner.SOLE).stream().map(RegisteredToolGroupJson::of).toList());
    }

    /** Register a tool group. Its provider is asked for its tools, and must answer. */
    @Post
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.RegisterToolGroup.class)))
    RawJson registerToolGroup(HttpRequest<byte[]> request) {
        register.register(
                ProviderData.caller(request),
                RegisteredToolGroupJson.read(JsonField.body(request)),
                new Cancellation());
        return RawJson.NULL;
    }

    /** Get a tool group. */
    @Get("/{+toolgroupId}")
    RegisteredToolGroupJson getToolGroup(String toolgroupId) {
        return RegisteredToolGroupJson.of(read.get(Owner.SOLE, PathIds.toolGroup(toolgroupId)));
    }

    /** Unregister a tool group. */
    @Delete("/{+toolgroupId}")
    RawJson unregisterToolGroup(String toolgroupId) {
        unregister.unregister(Owner.SOLE, PathIds.toolGroup(toolgroupId));
        return RawJson.NULL;
    }

    @WireRecord
    @Schema(name = "ToolGroupList")
    record ToolGroupListJson(List<RegisteredToolGroupJson> data) implements WireBody {}
}
