/** JSON in and out: requests read with a path for every complaint, answers written so that opaque JSON stays as it was. */
@NullMarked
package dev.parley.rest.json;

import org.jspecify.annotations.NullMarked;
