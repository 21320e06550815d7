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
        TurnSpec grown = spec.after(steps);
        boolean answered = false;
        long count = 0;
        for (Step step : steps) {
            answered |= step instanceof Step.Inference;
            if (step instanceof Step.ToolExecution tools) {
                boolean agreedBefore = !answered;
                count += tools.calls().stream()
                        .filter(call -> agreedBefore || isHosted(grown, call))
                        .count();
            }
        }
        return count;
    }

    private static boolean isHosted(TurnSpec spec, ToolCall call) {
        return spec.tool(call.toolName())
                .filter(tool -> tool.form() instanceof CallForm.Hosted)
                .isPresent();
    }
}
