/** What the use-cases need from outside: stores, models, tools, shields, readers, ids. */
@NullMarked
package dev.parley.application.port;

import org.jspecify.annotations.NullMarked;
