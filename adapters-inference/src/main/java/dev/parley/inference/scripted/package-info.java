/** The provider that needs no model: for the first steps, for demonstrations and for tests. */
@NullMarked
package dev.parley.inference.scripted;

import org.jspecify.annotations.NullMarked;
