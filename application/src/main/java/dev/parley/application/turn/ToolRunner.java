package dev.parley.application.turn;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.application.tool.ToolLimits;
import dev.parley.domain.Owner;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ShellOutput;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolServer;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.turn.HostedCalls;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the calls that are this server's. Whatever goes wrong is an answer too: the model can act on it. */
public final class ToolRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ToolRunner.class);

    private final Tools tools;
    private final Function<String, Optional<String>> opened;
    private final ToolLimits limits;

    /**
     * @param tools that keep to the limits of time and size
     * @param opened opens what the keys to a client's servers of tools were sealed to; empty when it can't
     */
    public ToolRunner(Tools tools, Function<String, Optional<String>> opened, ToolLimits limits) {
        this.tools = tools;
        this.opened = opened;
        this.limits = limits;
    }

    /** Answers calls as a turn is driven; whoever drives it closes it. */
    CallsAtOnce callsFor(Caller caller, Cancellation cancellation) {
        return new CallsAtOnce(this, caller, cancellation);
    }

    int maxParallelCalls() {
        return limits.maxParallelCalls();
    }

    /** What a server of tools has, or why it could not say. */
    record Listing(List<ListedTool> tools, Optional<String> error) {}

    /** Asks a server that the turn's client has declared what it has. Blocks; never throws because of the server. */
    Listing list(Owner owner, Turn turn, String serverLabel, Cancellation cancellation) {
        try {
            HostedTool server = turn.spec()
                    .terms()
                    .flatMap(terms -> terms.server(serverLabel))
                    .orElseThrow();
            return new Listing(tools.list(owner, access(server), cancellation), Optional.empty());
        } catch (Tools.ToolFailed failed) {
            LOG.warn("turn {}: MCP server '{}' lists no tools: {}", turn.id(), serverLabel, failed.explanation());
            return new Listing(List.of(), Optional.of(failed.explanation()));
        } catch (RuntimeException mistake) {
            LOG.error("turn {}: asking MCP server '{}' for its tools threw", turn.id(), serverLabel, mistake);
            return new Listing(List.of(), Optional.of("asking it failed inside the server"));
        }
    }

    /** The answer to a call. Blocks while the tool runs; never throws because of the tool. */
    ToolResponse answer(Caller caller, Turn turn, ToolCall call, Tools.Progress progress, Cancellation cancellation) {
        ToolResponse response = run(caller, turn, call, progress, cancellation);
        boolean isOfShell = TurnItems.runAs(turn, call)
                .filter(form -> form.hosted() == HostedKind.SHELL)
                .isPresent();
        return response.failed() && isOfShell ? inWordsOfAShell(response) : response;
    }

    /** A shell's model and client read one thing, whether commands could be run or not. */
    private static ToolResponse inWordsOfAShell(ToolResponse failed) {
        return new ToolResponse(
                failed.callId(),
                failed.toolName(),
                ShellOutput.failed(failed.content().text()).content(),
                failed.metadata(),
                failed.sources(),
                true);
    }

    private ToolResponse run(
            Caller caller, Turn turn, ToolCall call, Tools.Progress progress, Cancellation cancellation) {
        Optional<CallForm.Hosted> hosted = TurnItems.runAs(turn, call);
        TurnSpec spec = turn.specNow();
        if (hosted.isEmpty() && spec.tool(call.toolName()).isEmpty()) {
            return failed(
                    call,
                    "Unknown tool '%s'. The tools are: %s."
                            .formatted(
                                    call.toolName(),
                                    spec.tools().stream().map(OfferedTool::name).toList()),
                    Optional.empty());
        }
        if (call.arguments() instanceof ToolArguments.Malformed) {
            return error(call, "the arguments are not a JSON object; call the tool again with one");
        }
        if (!HostedCalls.mayRun(turn.spec(), turn.steps())) {
            return error(call, "the limit of tool calls for this response is reached; answer without more of them");
        }
        if (answeredHere(turn) >= limits.maxCallsPerTurn()) {
            return error(
                    call,
                    "this server answers at most %d tool calls in a turn; answer with what is known"
                            .formatted(limits.maxCallsPerTurn()));
        }
        try {
            Tools.Output output = hosted.isPresent()
                    ? tools.runHosted(caller.owner(), hostedCall(turn, hosted.get(), call), progress, cancellation)
                    : tools.run(caller, turn.origin(), groupCall(spec, call), cancellation);
            return new ToolResponse(
                    call.callId(), call.toolName(), output.content(), output.metadata(), output.sources(), false);
        } catch (Tools.ToolFailed failed) {
            return failed(call, "Error when running tool: " + failed.explanation(), failed.metadata());
        } catch (RuntimeException mistake) {
            LOG.error("turn {}: tool '{}' threw", turn.id(), call.toolName(), mistake);
            return error(call, "the tool failed inside the server");
        }
    }

    private static Tools.GroupCall groupCall(TurnSpec spec, ToolCall call) throws Tools.ToolFailed {
        OfferedTool offered = spec.tool(call.toolName()).orElseThrow();
        if (offered.form() instanceof CallForm.Grouped form) {
            return new Tools.GroupCall(form, offered.definition(), call);
        }
        throw new Tools.ToolFailed("this server has no tools of its own");
    }

    private Tools.HostedCall hostedCall(Turn turn, CallForm.Hosted form, ToolCall call) throws Tools.ToolFailed {
        Optional<ResponseTerms> terms = turn.spec().terms();
        Optional<HostedTool> declared = terms.flatMap(asked -> asked.declared(form));
        if (declared.isEmpty()) {
            throw new Tools.ToolFailed("the request does not declare this tool");
        }
        return new Tools.HostedCall(access(declared.get()), form, call);
    }

    private Tools.Access access(HostedTool tool) throws Tools.ToolFailed {
        Optional<String> sealed = tool.server().flatMap(ToolServer::sealed);
        if (sealed.isEmpty()) {
            return new Tools.Access(tool, Optional.empty());
        }
        String keys = opened.apply(sealed.get())
                .orElseThrow(() ->
                        new Tools.ToolFailed("the keys to it were sealed with another key; send the request again"));
        return new Tools.Access(tool, Optional.of(new JsonText(keys)));
    }

    private static long answeredHere(Turn turn) {
        return turn.steps().stream()
                .filter(step -> step instanceof Step.ToolExecution tools && tools.side() == ToolSide.SERVER)
                .count();
    }

    /** The answer to a call of which it is not known what came of it. */
    static ToolResponse calledOff(ToolCall call) {
        return error(call, "it was called off");
    }

    private static ToolResponse error(ToolCall call, String why) {
        return failed(call, "Error when running tool: " + why, Optional.empty());
    }

    private static ToolResponse failed(ToolCall call, String text, Optional<JsonText> metadata) {
        return new ToolResponse(call.callId(), call.toolName(), Content.of(text), metadata, List.of(), true);
    }
}
