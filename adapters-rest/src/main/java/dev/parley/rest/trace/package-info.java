/** A name for each request, told to the caller and written to the log, so that the two can be brought together. */
@NullMarked
package dev.parley.rest.trace;

import org.jspecify.annotations.NullMarked;
