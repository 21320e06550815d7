/** What clients and operators ask of the server itself: is it well, what version, which routes, models and providers. */
@NullMarked
package dev.parley.rest.server;

import org.jspecify.annotations.NullMarked;
