/** The PostgreSQL that starts out of the box when no database is configured: real binaries, data that survives restarts. */
@NullMarked
package dev.parley.persistence.embedded;

import org.jspecify.annotations.NullMarked;
