/** The Responses API: turns as responses, and their items. */
@NullMarked
package dev.parley.rest.responses;

import org.jspecify.annotations.NullMarked;
