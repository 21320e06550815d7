/** What a caller is told when a request is refused or fails: one body for each dialect. */
@NullMarked
package dev.parley.rest.error;

import org.jspecify.annotations.NullMarked;
