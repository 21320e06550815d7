package dev.parley.bootstrap;

import dev.parley.application.tool.ToolLimits;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What tools that this server runs may take up ({@code parley.tools.*}).
 *
 * @param callTimeout how long one call may run
 * @param maxResultSize how many bytes of one result a model is given
 * @param maxCallsPerTurn how many calls this server answers in a turn
 * @param maxParallelCalls how many calls of one message run at the same time
 */
@ConfigurationProperties("parley.tools")
record ToolsConfiguration(
        @Bindable(defaultValue = "2m") Duration callTimeout,
        @Bindable(defaultValue = "262144") int maxResultSize,
        @Bindable(defaultValue = "128") int maxCallsPerTurn,
        @Bindable(defaultValue = "8") int maxParallelCalls) {

    ToolLimits limits() {
        return new ToolLimits(callTimeout, maxResultSize, maxCallsPerTurn, maxParallelCalls);
    }
}
