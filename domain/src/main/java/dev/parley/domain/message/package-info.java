/** Messages and their content, in the shapes that clients sent them and models receive them. */
@NullMarked
package dev.parley.domain.message;

import org.jspecify.annotations.NullMarked;
