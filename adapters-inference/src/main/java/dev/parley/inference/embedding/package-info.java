/** Texts to vectors, by the embeddings endpoint of any provider. */
@NullMarked
package dev.parley.inference.embedding;

import org.jspecify.annotations.NullMarked;
