/** Transcripts of whole conversations: real HTTP in, the real engine and database, a scripted model over real HTTP. */
@NullMarked
package dev.parley.bootstrap.golden;

import org.jspecify.annotations.NullMarked;
