/** What turns documents into text and texts into vectors, in the process. */
@NullMarked
package dev.parley.retrieval;

import org.jspecify.annotations.NullMarked;
