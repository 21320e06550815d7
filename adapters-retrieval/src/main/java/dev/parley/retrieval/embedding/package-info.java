/** A small model that turns texts into vectors, run in this process. */
@NullMarked
package dev.parley.retrieval.embedding;

import org.jspecify.annotations.NullMarked;
