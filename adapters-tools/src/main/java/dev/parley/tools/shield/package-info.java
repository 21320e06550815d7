/** Kinds of shields: guard models, moderation endpoints, and lists of what must not be said. */
@NullMarked
package dev.parley.tools.shield;

import org.jspecify.annotations.NullMarked;
