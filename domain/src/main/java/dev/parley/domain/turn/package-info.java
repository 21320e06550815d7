/** The turn model and the step rules: a turn is a fold over its steps. */
@NullMarked
package dev.parley.domain.turn;

import org.jspecify.annotations.NullMarked;
