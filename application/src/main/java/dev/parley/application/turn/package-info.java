/** The one engine, and the use-cases that begin turns, go on with them and read them. */
@NullMarked
package dev.parley.application.turn;

import org.jspecify.annotations.NullMarked;
