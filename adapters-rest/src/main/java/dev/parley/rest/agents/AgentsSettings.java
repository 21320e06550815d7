package dev.parley.rest.agents;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How the Agents API shows itself ({@code parley.agents.*}).
 *
 * @param emitTurnStart whether a stream begins with a {@code turn_start}, which tells the turn's id early; the clients
 *     of the API know the event but were never sent one
 */
@ConfigurationProperties("parley.agents")
record AgentsSettings(@Bindable(defaultValue = "false") boolean emitTurnStart) {}
