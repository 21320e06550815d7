/** Searching the web, over one of several search engines. */
@NullMarked
package dev.parley.tools.search;

import org.jspecify.annotations.NullMarked;
