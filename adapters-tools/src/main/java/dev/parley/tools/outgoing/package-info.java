/** The guarded way out: every address that a user's word names is reached through here. */
@NullMarked
package dev.parley.tools.outgoing;

import org.jspecify.annotations.NullMarked;
