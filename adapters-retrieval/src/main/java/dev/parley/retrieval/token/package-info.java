/** Where the tokens of a text end. */
@NullMarked
package dev.parley.retrieval.token;

import org.jspecify.annotations.NullMarked;
