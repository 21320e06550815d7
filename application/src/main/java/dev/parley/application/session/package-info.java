/** Use-cases about sessions. */
@NullMarked
package dev.parley.application.session;

import org.jspecify.annotations.NullMarked;
