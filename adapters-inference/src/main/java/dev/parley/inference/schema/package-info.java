/** Holds answers to the JSON Schemas that clients give. */
@NullMarked
package dev.parley.inference.schema;

import org.jspecify.annotations.NullMarked;
