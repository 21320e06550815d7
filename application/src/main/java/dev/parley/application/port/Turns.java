package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The turns as they were last stored. Every method blocks on the store. One that can't be read fails its own lookup as {@link
 * UnreadableTurn}, and is left out where there are several.
 */
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
     * The turns of the session that began before the given one and still count for it, oldest first: from the last one on
     * that {@linkplain Turn#standsForAllBefore stands for all before it}. What lies before that is not read.
     *
     * @param limit the most to return, the nearest ones; at least 0
     */
    List<Turn> before(Owner owner, SessionId session, TurnId id, int limit);

    /** The turn, wherever it stands; empty when the owner has none of that id. */
    Optional<Turn> find(Owner owner, TurnId id);

    /**
     * The turn and those that came before it and still count, oldest first, as one statement reads them; empty when there is
     * no such turn. They begin with the last one that {@linkplain Turn#standsForAllBefore stands for all before it}, which may
     * be the turn itself; what lies before that is not read. Those that came before one in a conversation are none: its items
     * say what they said. One that was deleted is left out, and those before it are not.
     *
     * @param limit the most to return, the nearest ones; at least 1
     */
    List<Turn> lineage(Owner owner, TurnId id, int limit);

    /**
     * The ids of the turn and of all that came before it, also before what stands for them, oldest first. Nothing that the
     * turns hold is read.
     *
     * @param limit the most to return, the nearest ones; at least 1
     */
    List<TurnId> wholeLineage(Owner owner, TurnId id, int limit);

    /** The turns of these ids, in their order; unknown ids are left out. */
    List<Turn> all(Owner owner, List<TurnId> ids);

    /**
     * Deletes a turn that is at rest; those that came after it stay, and so does what it added to a conversation.
     *
     * @return false when there is none, or it is not at rest
     */
    boolean delete(Owner owner, TurnId id);
}
