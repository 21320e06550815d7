/** The bridge from a turn that runs on a thread of its own to the reader's connection; the only package that knows Netty. */
@NullMarked
package dev.parley.rest.sse;

import org.jspecify.annotations.NullMarked;
