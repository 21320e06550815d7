/** Deliberate violations, each of which the architecture rules must find. */
@NullMarked
package dev.parley.application.violation;

import org.jspecify.annotations.NullMarked;
