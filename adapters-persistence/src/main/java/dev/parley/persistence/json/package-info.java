/** The JSON of stored bodies: the domain records themselves, under names that never change. */
@NullMarked
package dev.parley.persistence.json;

import org.jspecify.annotations.NullMarked;
