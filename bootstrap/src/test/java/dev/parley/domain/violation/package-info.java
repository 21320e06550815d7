/** Deliberate violations, each of which the architecture rules must find. */
@NullMarked
package dev.parley.domain.violation;

import org.jspecify.annotations.NullMarked;
