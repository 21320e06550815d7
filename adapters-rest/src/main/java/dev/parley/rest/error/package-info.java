/** What a caller is told when a request is refused or fails: one body that every client of the era can read. */
@NullMarked
package dev.parley.rest.error;

import org.jspecify.annotations.NullMarked;
