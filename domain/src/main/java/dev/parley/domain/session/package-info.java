/** Sessions: named lines of turns that belong to one agent. */
@NullMarked
package dev.parley.domain.session;

import org.jspecify.annotations.NullMarked;
