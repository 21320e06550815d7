/** Model providers behind the inference port, chosen by configuration. */
@NullMarked
package dev.parley.inference;

import org.jspecify.annotations.NullMarked;
