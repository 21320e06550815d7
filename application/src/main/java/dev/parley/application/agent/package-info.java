/** Use-cases about agents. */
@NullMarked
package dev.parley.application.agent;

import org.jspecify.annotations.NullMarked;
