/** The HTTP face of Parley: each dialect in a package of its own, over the same use-cases. */
@NullMarked
package dev.parley.rest;

import org.jspecify.annotations.NullMarked;
