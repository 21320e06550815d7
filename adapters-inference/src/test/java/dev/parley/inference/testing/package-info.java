/** A chat-completions server that does over real HTTP what a script says, faults included, and notes what its clients do. */
@NullMarked
package dev.parley.inference.testing;

import org.jspecify.annotations.NullMarked;
