/** Tests of the packaged jar as a process of its own, with a real database and a scripted model over HTTP. */
@NullMarked
package dev.parley.bootstrap.endtoend;

import org.jspecify.annotations.NullMarked;
