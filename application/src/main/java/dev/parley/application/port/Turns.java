package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The turns as they were last stored. Every method blocks on the store. */
public interface Turns {

    /** The turn; empty when the session has none of that id, or the owner no such session. */
    Optional<Turn> find(Owner owner, SessionId session, TurnId id);

    /** Whether the turn is the last one of its session. False when either does not exist. */
    boolean isLast(Owner owner, SessionId session, TurnId id);

    /** The session's turns in the order in which they began; empty when there is no such session. */
    List<Turn> inSession(Owner owner, SessionId session);

    /** Those of the session's turns that are named, in the order in which they began; unknown ids are left out. */
    List<Turn> inSession(Owner owner, SessionId session, Set<TurnId> ids);

    /**
     * The turns of the session that began before the given one, oldest first.
     *
     * @param limit the most to return, the nearest ones; at least 0
     */
    List<Turn> before(Owner owner, SessionId session, TurnId id, int limit);

    /** The turn, wherever it stands; empty when the owner has none of that id. */
    Optional<Turn> find(Owner owner, TurnId id);

    /**
     * The turn and those that came before it, oldest first, as one statement reads them; empty when there is no such turn.
     * Those that came before one in a conversation are none: its items say what they said. One that was deleted is left
     * out, and those before it are not.
     *
     * @param limit the most to return, the nearest ones; at least 1
     */
    List<Turn> lineage(Owner owner, TurnId id, int limit);

    /**
     * Deletes a turn that is at rest; those that came after it stay, and so does what it added to a conversation.
     *
     * @return false when there is none, or it is not at rest
     */
    boolean delete(Owner owner, TurnId id);
}
