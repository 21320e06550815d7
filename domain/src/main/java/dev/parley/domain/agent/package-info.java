/** Agents: the configuration that the turns of their sessions start from. */
@NullMarked
package dev.parley.domain.agent;

import org.jspecify.annotations.NullMarked;
