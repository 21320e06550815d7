/** Which interface a request was made by: they differ in what they are told when something is wrong. */
@NullMarked
package dev.parley.rest.dialect;

import org.jspecify.annotations.NullMarked;
