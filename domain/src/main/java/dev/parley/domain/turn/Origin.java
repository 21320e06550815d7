package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.session.SessionId;
import java.util.Optional;

/** Where a turn stands, and so which turns came before it. */
public sealed interface Origin {

    /** The next in a session: every earlier turn of the session came before it. */
    record InSession(SessionId session) implements Origin {
        public InSession {
            requireNonNull(session, "session");
        }
    }

    /**
     * After another turn, of which there may be several: turns form a tree, and those that came before are the ancestors.
     *
     * @param previous empty for the first of a line
     */
    record AfterTurn(Optional<TurnId> previous) implements Origin {
        public AfterTurn {
            requireNonNull(previous, "previous");
        }
    }

    /** The next in a conversation: what is in it came before, whatever put it there. */
    record InConversation(ConversationId conversation) implements Origin {
        public InConversation {
            requireNonNull(conversation, "conversation");
        }
    }
}
