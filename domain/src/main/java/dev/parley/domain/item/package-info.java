/** Items: what clients of the Responses API say and are told, one thing each. */
@NullMarked
package dev.parley.domain.item;

import org.jspecify.annotations.NullMarked;
