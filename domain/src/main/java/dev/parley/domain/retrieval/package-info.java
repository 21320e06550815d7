/** Documents that are kept to be found again: stores, their chunks, and the rules of searching them. */
@NullMarked
package dev.parley.domain.retrieval;

import org.jspecify.annotations.NullMarked;
