package dev.parley.domain.turn;

import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.ToolCall;
import java.util.List;

/** How many calls this server may run in a turn, where its client has set a limit (responses-api 1, max_tool_calls). */
public final class HostedCalls {

    private HostedCalls() {}

    /** Whether one more may be run after the steps. */
    public static boolean mayRun(TurnSpec spec, List<Step> steps) {
        return spec.terms()
                .flatMap(ResponseTerms::maxToolCalls)
                .filter(limit -> count(spec, steps) >= limit)
                .isEmpty();
    }

    private static long count(TurnSpec spec, List<Step> steps) {
        return steps.stream()
                .filter(Step.ToolExecution.class::isInstance)
                .flatMap(step -> ((Step.ToolExecution) step).calls().stream())
                .filter(call -> isHosted(spec, call))
                .count();
    }

    private static boolean isHosted(TurnSpec spec, ToolCall call) {
        return spec.tool(call.toolName())
                .filter(tool -> tool.form() instanceof CallForm.Hosted)
                .isPresent();
    }
}
