/** Shields: which there are, and what they say of a conversation. */
@NullMarked
package dev.parley.application.safety;

import org.jspecify.annotations.NullMarked;
