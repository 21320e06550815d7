/** What shields are and what they find: registered judges, their verdicts, the categories of harm. */
@NullMarked
package dev.parley.domain.safety;

import org.jspecify.annotations.NullMarked;
