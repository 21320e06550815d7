/** How messages travel to a server of tools and back: over HTTP in its two forms, or to a process. */
@NullMarked
package dev.parley.tools.mcp.wire;

import org.jspecify.annotations.NullMarked;
