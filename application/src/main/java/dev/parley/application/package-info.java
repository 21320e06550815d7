/** The one engine, one class for each use-case, and the ports that the adapters implement. */
@NullMarked
package dev.parley.application;

import org.jspecify.annotations.NullMarked;
