/** What can be done with conversations: begin them, read them, change them, end them. */
@NullMarked
package dev.parley.application.conversation;

import org.jspecify.annotations.NullMarked;
