/** What a provider of models is to the rest of this module, and how one is described. */
@NullMarked
package dev.parley.inference.provider;

import org.jspecify.annotations.NullMarked;
