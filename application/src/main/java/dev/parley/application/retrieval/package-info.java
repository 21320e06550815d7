/** Keeping documents to find them again: files, vector stores, what becomes of a document in one, and the searches. */
@NullMarked
package dev.parley.application.retrieval;

import org.jspecify.annotations.NullMarked;
