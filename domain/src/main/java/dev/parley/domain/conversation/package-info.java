/** Conversations: lines of items that clients keep here, apart from the turns that add to them. */
@NullMarked
package dev.parley.domain.conversation;

import org.jspecify.annotations.NullMarked;
