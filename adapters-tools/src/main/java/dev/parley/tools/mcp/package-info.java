/** Servers of tools that speak the Model Context Protocol: their connections, their lists, their calls. */
@NullMarked
package dev.parley.tools.mcp;

import org.jspecify.annotations.NullMarked;
