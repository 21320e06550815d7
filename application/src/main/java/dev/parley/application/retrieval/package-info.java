/** Documents that are kept to be found again: what inserts, finds and deletes them. */
@NullMarked
package dev.parley.application.retrieval;

import org.jspecify.annotations.NullMarked;
