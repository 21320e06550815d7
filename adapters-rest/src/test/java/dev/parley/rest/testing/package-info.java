/** What tests over real sockets have in common. */
@NullMarked
package dev.parley.rest.testing;

import org.jspecify.annotations.NullMarked;
