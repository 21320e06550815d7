/** Reads the providers and the models from the configuration, and stops the start where it makes no sense. */
@NullMarked
package dev.parley.inference.config;

import org.jspecify.annotations.NullMarked;
