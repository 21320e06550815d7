package dev.parley.domain.tool;

import dev.parley.domain.message.JsonText;
import java.util.Optional;

/** Tools and calls of them, for tests. */
public final class ToolFixture {

    private ToolFixture() {}

    public static OfferedTool serverTool(String name) {
        return new OfferedTool(definition(name), ToolSide.SERVER);
    }

    public static OfferedTool clientTool(String name) {
        return new OfferedTool(definition(name), ToolSide.CLIENT);
    }

    /** A tool that this server runs on the model's behalf, as the Responses API tells of it. */
    public static OfferedTool hostedTool(String name) {
        return hostedTool(name, HostedKind.WEB_SEARCH);
    }

    public static OfferedTool hostedTool(String name, HostedKind kind) {
        return new OfferedTool(definition(name), ToolSide.SERVER, new CallForm.Hosted(kind, Optional.empty(), name));
    }

    /** A shell that this server runs, in a container of that id. */
    public static OfferedTool shell(String containerId) {
        return new OfferedTool(
                Shell.function("Runs commands."),
                ToolSide.SERVER,
                new CallForm.Hosted(HostedKind.SHELL, Optional.empty(), Shell.NAME, Optional.of(containerId)));
    }

    /** A server of tools whose calls are run without asking. */
    public static HostedTool server(String label) {
        return server(label, new Approval.Never());
    }

    public static HostedTool server(String label, Approval approval) {
        return new HostedTool(
                HostedKind.MCP,
                "mcp",
                "tools[0]",
                JsonText.EMPTY_OBJECT,
                Optional.of(new ToolServer(label, Optional.empty(), approval, Optional.empty())));
    }

    /** A tool as its server lists it. */
    public static ListedTool listed(String name) {
        return new ListedTool(name, Optional.of("What " + name + " does"), new JsonText("{}"), Optional.empty(), false);
    }

    /** One that changes nothing. */
    public static ListedTool readOnly(String name) {
        return new ListedTool(
                name,
                Optional.of("What " + name + " does"),
                new JsonText("{}"),
                Optional.of(new JsonText("{\"readOnlyHint\":true}")),
                true);
    }

    /** A tool of the client that takes a text. */
    public static OfferedTool customTool(String name) {
        return new OfferedTool(definition(name), ToolSide.CLIENT, new CallForm.Custom(name, Optional.empty()));
    }

    public static ToolDefinition definition(String name) {
        return new ToolDefinition(
                name, Optional.of("What " + name + " does"), new ToolInput.Undeclared(), Optional.empty());
    }

    /** A call without arguments. */
    public static ToolCall call(String callId, String toolName) {
        return call(callId, toolName, "{}");
    }

    public static ToolCall call(String callId, String toolName, String json) {
        return new ToolCall(callId, toolName, new ToolArguments.Json(json));
    }

    /** A call whose arguments are not JSON. */
    public static ToolCall malformedCall(String callId, String toolName, String text) {
        return new ToolCall(callId, toolName, new ToolArguments.Malformed(text));
    }

    /** What a client answers, with metadata as clients send it. */
    public static ToolResponse response(ToolCall call, String text) {
        ToolResponse plain = ToolResponse.text(call, text);
        return new ToolResponse(
                plain.callId(), plain.toolName(), plain.content(), Optional.of(new JsonText("{\"s\":1}")));
    }
}
