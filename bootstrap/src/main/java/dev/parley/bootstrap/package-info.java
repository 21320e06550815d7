/** The main class, the wiring of the modules, and the configuration's defaults. */
@NullMarked
package dev.parley.bootstrap;

import org.jspecify.annotations.NullMarked;
