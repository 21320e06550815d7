package dev.parley.application.turn;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.domain.Owner;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.HostedCalls;
import dev.parley.domain.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the calls that are this server's. Whatever goes wrong is an answer too: the model can act on it. */
final class ToolRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ToolRunner.class);

    private final Tools tools;

    ToolRunner(Tools tools) {
        this.tools = tools;
    }

    /** The answer to a call. Blocks while the tool runs; never throws because of the tool. */
    ToolResponse answer(Owner owner, Turn turn, ToolCall call, Cancellation cancellation) {
        if (turn.spec().tool(call.toolName()).isEmpty()) {
            return ToolResponse.text(
                    call,
                    "Unknown tool '%s'. The tools are: %s."
                            .formatted(
                                    call.toolName(),
                                    turn.spec().tools().stream()
                                            .map(OfferedTool::name)
                                            .toList()));
        }
        if (call.arguments() instanceof ToolArguments.Malformed) {
            return error(call, "the arguments are not a JSON object; call the tool again with one");
        }
        if (!HostedCalls.mayRun(turn.spec(), turn.steps())) {
            return error(call, "the limit of tool calls for this response is reached; answer without more of them");
        }
        try {
            Tools.Output output = tools.run(owner, turn.origin(), call, cancellation);
            return new ToolResponse(call.callId(), call.toolName(), output.content(), output.metadata());
        } catch (Tools.ToolFailed failed) {
            return error(call, failed.explanation());
        } catch (RuntimeException mistake) {
            LOG.error("turn {}: tool '{}' threw", turn.id(), call.toolName(), mistake);
            return error(call, "the tool failed inside the server");
        }
    }

    private static ToolResponse error(ToolCall call, String why) {
        return ToolResponse.text(call, "Error when running tool: " + why);
    }
}
