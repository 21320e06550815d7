package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.session.SessionId;

/** Where a turn stands, and so which turns came before it. */
public sealed interface Origin {

    /** The next in a session: every earlier turn of the session came before it. */
    record InSession(SessionId session) implements Origin {
        public InSession {
            requireNonNull(session, "session");
        }
    }
}
