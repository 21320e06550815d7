/** Hand-written stand-ins for the ports, and values to test with; other modules use them too. */
@NullMarked
package dev.parley.application.testing;

import org.jspecify.annotations.NullMarked;
