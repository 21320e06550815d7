/** Tools: what is offered to a model, what it calls, and what comes back. */
@NullMarked
package dev.parley.domain.tool;

import org.jspecify.annotations.NullMarked;
