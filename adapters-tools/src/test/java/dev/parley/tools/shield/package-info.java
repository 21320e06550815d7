/** Shields, each against what it is to judge. */
@NullMarked
package dev.parley.tools.shield;

import org.jspecify.annotations.NullMarked;
