/** Tools that this server runs itself: servers of tools, web search, and the guarded way out. */
@NullMarked
package dev.parley.tools;

import org.jspecify.annotations.NullMarked;
