/** Deliberate violations, each of which the architecture rules must find. */
@NullMarked
package dev.parley.retrieval.violation;

import org.jspecify.annotations.NullMarked;
