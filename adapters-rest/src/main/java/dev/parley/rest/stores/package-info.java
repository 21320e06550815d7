/** Files and vector stores, in the words of OpenAI. */
@NullMarked
package dev.parley.rest.stores;

import org.jspecify.annotations.NullMarked;
