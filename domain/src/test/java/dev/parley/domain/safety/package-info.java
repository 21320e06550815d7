/** The rules of shields, in tables. */
@NullMarked
package dev.parley.domain.safety;

import org.jspecify.annotations.NullMarked;
