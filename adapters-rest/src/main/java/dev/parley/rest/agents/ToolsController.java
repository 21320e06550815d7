package dev.parley.rest.agents;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Tools.Output;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.application.tool.GroupTool;
import dev.parley.application.tool.InvokeTool;
import dev.parley.application.tool.ReadToolGroups;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import dev.parley.rest.sse.Attended;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tools of the groups, looked at and run outside of turns (agents-api 9.1). */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Tools")
final class ToolsController {

    private final ReadToolGroups read;
    private final InvokeTool invoke;

    ToolsController(ReadToolGroups read, InvokeTool invoke) {
        this.read = read;
        this.invoke = invoke;
    }

    /** List the tools, of all groups or of one; of a group that does not exist there are none. */
    @Get("/tools")
    ToolListJson listTools(HttpRequest<?> request, @QueryValue("toolgroup_id") @Nullable String toolgroupId) {
        return new ToolListJson(
                tools(request, toolgroupId).stream().map(RegisteredToolJson::of).toList());
    }

    /** Get a tool. */
    @Get("/tools/{+toolName}")
    RegisteredToolJson getTool(HttpRequest<?> request, String toolName) {
        return RegisteredToolJson.of(
                Attended.run(request, cancellation -> read.tool(ProviderData.caller(request), toolName, cancellation)));
    }

    /** List the tools as definitions. */
    @Get("/tool-runtime/list-tools")
    ToolDefListJson listRuntimeTools(
            HttpRequest<?> request, @QueryValue("tool_group_id") @Nullable String toolGroupId) {
        return new ToolDefListJson(tools(request, toolGroupId).stream()
                .map(RegisteredToolJson::definition)
                .toList());
    }

    /** Run a tool. That the tool fails is no failure of the request. */
    @Post("/tool-runtime/invoke")
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.InvokeTool.class)))
    ToolInvocationJson invokeTool(HttpRequest<byte[]> request) {
        JsonField in = JsonField.body(request);
        JsonText kwargs = in.at("kwargs").optional(JsonField::opaqueObject).orElse(JsonText.EMPTY_OBJECT);
        try {
            Output output = Attended.run(
                    request,
                    cancellation -> invoke.invoke(
                            ProviderData.caller(request), in.at("tool_name").string(), kwargs, cancellation));
            return ToolInvocationJson.of(output);
        } catch (ToolFailed failed) {
            return ToolInvocationJson.of(failed);
        }
    }

    private List<GroupTool> tools(HttpRequest<?> request, @Nullable String group) {
        Caller caller = ProviderData.caller(request);
        return Attended.run(
                request,
                cancellation ->
                        group == null ? read.tools(caller, cancellation) : read.tools(caller, group, cancellation));
    }

    @WireRecord
    @Schema(name = "ToolList")
    record ToolListJson(List<RegisteredToolJson> data) implements WireBody {}

    @WireRecord
    @Schema(name = "ToolDefList")
    record ToolDefListJson(List<ToolDefJson> data) implements WireBody {}
}
