/** The tools that this server runs: the groups that there are, what a turn is offered of them, and how a call is run. */
@NullMarked
package dev.parley.application.tool;

import org.jspecify.annotations.NullMarked;
