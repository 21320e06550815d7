/** What every part of the model shares: who owns a thing, and how a command is refused. */
@NullMarked
package dev.parley.domain;

import org.jspecify.annotations.NullMarked;
