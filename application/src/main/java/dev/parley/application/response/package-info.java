/** What clients of the Responses API can have done: turns by another name, driven by the same engine. */
@NullMarked
package dev.parley.application.response;

import org.jspecify.annotations.NullMarked;
