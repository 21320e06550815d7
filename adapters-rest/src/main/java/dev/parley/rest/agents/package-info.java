/** The Agents API on the wire: agents, sessions, turns and steps, streamed and not. */
@NullMarked
package dev.parley.rest.agents;

import org.jspecify.annotations.NullMarked;
