package dev.parley.application.tool;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Origin;
import java.util.Optional;

/** Runs a tool outside of turns (agents-api 9.1). */
public final class InvokeTool {

    /** Nothing came before. */
    private static final Origin ALONE = new Origin.AfterTurn(Optional.empty());

    private final ReadToolGroups read;
    private final Tools tools;

    /** @param tools that keep to the limits of time and size */
    public InvokeTool(ReadToolGroups read, Tools tools) {
        this.read = read;
        this.tools = tools;
    }

    /**
     * Runs a tool and blocks until it is done.
     *
     * @param args an object
     * @throws Refusal when there is no such tool
     * @throws ToolFailed when the tool has no result
     */
    public Tools.Output invoke(Caller caller, String name, JsonText args, Cancellation cancellation) throws ToolFailed {
        GroupTool tool = read.find(caller, name, cancellation)
                .orElseThrow(() -> Refusal.invalid(
                        "tool_name",
                        "No tool group of this server has a tool '%s'; the list of tools says which there are"
                                .formatted(name)));
        OfferedTool offered = tool.group().offered(tool.tool(), Optional.empty());
        ToolCall call = new ToolCall("invoke", offered.name(), new ToolArguments.Json(args.text()));
        return tools.run(
                caller,
                ALONE,
                new Tools.GroupCall((CallForm.Grouped) offered.form(), offered.definition(), call),
                cancellation);
    }
}
