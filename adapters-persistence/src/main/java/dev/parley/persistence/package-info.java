/** Agents, sessions and turns kept in PostgreSQL. */
@NullMarked
package dev.parley.persistence;

import org.jspecify.annotations.NullMarked;
