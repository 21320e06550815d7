/** The provider that speaks chat completions over HTTP, streamed, with blocking reads. */
@NullMarked
package dev.parley.inference.openai;

import org.jspecify.annotations.NullMarked;
