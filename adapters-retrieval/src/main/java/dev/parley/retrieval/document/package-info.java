/** Documents to text, within limits. */
@NullMarked
package dev.parley.retrieval.document;

import org.jspecify.annotations.NullMarked;
