package dev.parley.application.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.TurnJournal.Beginning;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.session.Session;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An owner, an agent and a session that nobody else in the store has: what most tests of a store start from. With it
 * many tests can share one store, whatever else is in it.
 */
public final class StoreScene {

    public static final Instant LONG_AGO = Instant.parse("2025-04-28T21:06:00.123456Z");

    private final Store store;
    private final Owner owner;
    private final Agent agent;
    private final Session session;

    private StoreScene(Store store, Owner owner, Agent agent, Session session) {
        this.store = store;
        this.owner = owner;
        this.agent = agent;
        this.session = session;
    }

    /** An agent and a session, stored, of an owner that was never seen before. */
    public static StoreScene in(Store store) {
        return in(store, someOwner());
    }

    /** Another agent and session, stored, of this owner. */
    public static StoreScene in(Store store, Owner owner) {
        Agent agent = AgentFixture.agent(AgentFixture.config(), LONG_AGO);
        store.agents().add(owner, agent);
        Session session = session(agent, LONG_AGO);
        assertThat(store.sessions().add(owner, session)).isTrue();
        return new StoreScene(store, owner, agent, session);
    }

    public static Owner someOwner() {
        return new Owner("owner-" + UUID.randomUUID());
    }

    public static TurnId someTurnId() {
        return new TurnId(UUID.randomUUID().toString());
    }

    public static Session session(Agent agent, Instant startedAt) {
        return new Session(new SessionId(UUID.randomUUID().toString()), agent.id(), "a session", startedAt);
    }

    public Owner owner() {
        return owner;
    }

    public Agent agent() {
        return agent;
    }

    public Session session() {
        return session;
    }

    /** A turn of the session that is stored and runs. */
    public Turn running() {
        return begun(TurnFixture.turn(session.id()));
    }

    /** The turn, after it was stored as one that has just begun. */
    public Turn begun(Turn turn) {
        assertThat(store.journal().begin(owner, turn, Optional.empty())).isEqualTo(new Beginning.Begun());
        return turn;
    }

    /** The turn after the observation, stored. */
    public Turn moved(Turn before, Observation observation) {
        Turn after = before.observe(observation);
        assertThat(store.journal().save(owner, before, after)).isEqualTo(TurnJournal.Saving.SAVED);
        return after;
    }

    /** A turn of the session that is stored and complete. */
    public Turn completed() {
        Turn turn = running();
        return moved(turn, TurnFixture.answered(turn, "Hello"));
    }

    /** A turn of the session that is stored and awaits the answer to {@link TurnFixture#CALL}. */
    public Turn awaitingInput() {
        Turn turn = running();
        return moved(turn, TurnFixture.called(turn, TurnFixture.CALL));
    }

    /** The turn as it is stored. */
    public Turn stored(TurnId turn) {
        return store.turns().find(owner, turn).orElseThrow();
    }

    /** A response that is stored and runs, and that follows no other. */
    public Turn respondingFirst() {
        return begun(TurnFixture.response(new Origin.AfterTurn(Optional.empty())));
    }

    /** A response after another turn that is stored and runs. */
    public Turn respondingAfter(Turn previous) {
        return begun(TurnFixture.response(new Origin.AfterTurn(Optional.of(previous.id()))));
    }

    /** A response that is stored and complete, and that follows no other. */
    public Turn respondedFirst() {
        Turn turn = respondingFirst();
        return moved(turn, TurnFixture.answered(turn, "Hello"));
    }

    /** A response after another turn that is stored and complete. */
    public Turn respondedAfter(Turn previous) {
        Turn turn = respondingAfter(previous);
        return moved(turn, TurnFixture.answered(turn, "Hello"));
    }

    /** A response that is stored and complete, and has put all before it into words. */
    public Turn compactedAfter(Turn previous) {
        return compacted(new Origin.AfterTurn(Optional.of(previous.id())), "All is well");
    }

    /** The same anywhere, with these words. */
    public Turn compacted(Origin origin, String summary) {
        Turn turn = begun(TurnFixture.compacting(origin));
        return moved(turn, TurnFixture.compacted(turn, summary));
    }

    /** A response in a conversation that is stored and complete. */
    public Turn respondedIn(Conversation conversation) {
        Turn turn = begun(TurnFixture.response(new Origin.InConversation(conversation.id())));
        return moved(turn, TurnFixture.answered(turn, "Hello"));
    }

    /** A conversation that is stored and has these items. */
    public Conversation conversation(Item... items) {
        Conversation conversation =
                new Conversation(new ConversationId("conv_" + UUID.randomUUID()), Map.of("topic", "health"), LONG_AGO);
        store.conversations().add(owner, conversation, List.of(items));
        return conversation;
    }
}
