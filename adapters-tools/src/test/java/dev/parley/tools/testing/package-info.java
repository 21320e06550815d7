/** Servers and networks on loopback that do what tests tell them to. */
@NullMarked
package dev.parley.tools.testing;

import org.jspecify.annotations.NullMarked;
