package dev.parley.application.port;

import static dev.parley.application.testing.AgentFixture.AWKWARD_TEXT;
import static dev.parley.application.testing.AgentFixture.agent;
import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.StoreScene.LONG_AGO;
import static dev.parley.application.testing.StoreScene.session;
import static dev.parley.application.testing.StoreScene.someOwner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.session.Session;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Turn;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of sessions does. The store may hold the data of other tests. */
public abstract class SessionsContract {

    private final Owner owner = someOwner();
    private final Agent agent = agent(config(), LONG_AGO);
    private Store store;
    private Sessions sessions;

    /** A store, which may be the same one for all tests. */
    protected abstract Store store();

    @BeforeEach
    final void open() {
        store = store();
        sessions = store.sessions();
        store.agents().add(owner, agent);
    }

    @Test
    void everyFieldOfASessionComesBackExactly() {
        Session named = new Session(session(agent, LONG_AGO).id(), agent.id(), AWKWARD_TEXT, LONG_AGO);
        Session nameless = new Session(session(agent, LONG_AGO).id(), agent.id(), "", LONG_AGO.plusSeconds(1));

        assertThat(sessions.add(owner, named)).isTrue();
        assertThat(sessions.add(owner, nameless)).isTrue();

        assertThat(sessions.find(owner, agent.id(), named.id())).contains(named);
        assertThat(sessions.find(owner, agent.id(), nameless.id())).contains(nameless);
        assertThat(sessions.list(owner, agent.id(), Slice.ALL).items()).containsExactly(named, nameless);
    }

    @Test
    void aSessionNeedsAnAgentOfItsOwner() {
        Session orphan = session(agent(config(), LONG_AGO), LONG_AGO);
        Session strangers = session(agent, LONG_AGO);
        Owner other = someOwner();

        assertThat(sessions.add(owner, orphan)).isFalse();
        assertThat(sessions.add(other, strangers)).isFalse();

        assertThat(sessions.find(owner, orphan.agentId(), orphan.id())).isEmpty();
        assertThat(sessions.find(other, agent.id(), strangers.id())).isEmpty();
        assertThat(sessions.find(owner, agent.id(), strangers.id())).isEmpty();
    }

    @Test
    void noSessionIsAddedToADeletedAgent() {
        store.agents().delete(owner, agent.id());

        assertThat(sessions.add(owner, session(agent, LONG_AGO))).isFalse();
    }

    @Test
    void aSessionIsFoundWithItsOwnAgentOnly() {
        Agent another = agent(config(), LONG_AGO);
        store.agents().add(owner, another);
        Session session = added(session(agent, LONG_AGO));

        assertThat(sessions.find(owner, another.id(), session.id())).isEmpty();
        assertThat(sessions.list(owner, another.id(), Slice.ALL).items()).isEmpty();
        assertThat(sessions.delete(owner, another.id(), session.id())).isFalse();
        assertThat(sessions.find(owner, agent.id(), session.id())).contains(session);
    }

    @Test
    void anIdThatWasNeverGivenOutIsNotFound() {
        SessionId unknown = new SessionId("no such session");

        assertThat(sessions.find(owner, agent.id(), unknown)).isEmpty();
        assertThat(sessions.delete(owner, agent.id(), unknown)).isFalse();
    }

    @Test
    void anotherOwnerSeesNothingAndDeletesNothing() {
        Owner other = someOwner();
        Session session = added(session(agent, LONG_AGO));

        assertThat(sessions.find(other, agent.id(), session.id())).isEmpty();
        assertThat(sessions.list(other, agent.id(), Slice.ALL).items()).isEmpty();
        assertThat(sessions.delete(other, agent.id(), session.id())).isFalse();
        assertThat(sessions.find(owner, agent.id(), session.id())).contains(session);
    }

    @Test
    void sessionsAreListedOldestFirstAndThoseOfOneInstantById() {
        List<Session> added = new ArrayList<>();
        for (int age : List.of(3, 0, 2, 0, 1, 0)) {
            added.add(added(session(agent, LONG_AGO.minus(age, ChronoUnit.MICROS))));
        }

        Page<Session> page = sessions.list(owner, agent.id(), Slice.ALL);

        assertThat(page.items())
                .isEqualTo(added.stream()
                        .sorted(Comparator.comparing(Session::startedAt)
                                .thenComparing(session -> session.id().value()))
                        .toList());
        assertThat(page.hasMore()).isFalse();
        assertThat(sessions.list(owner, agent.id(), Slice.ALL)).isEqualTo(page);
    }

    @Test
    void aSliceIsThatPartOfTheListAndSaysWhetherThereIsMore() {
        List<Session> all = new ArrayList<>();
        for (int index = 0; index < 3; index++) {
            all.add(added(session(agent, LONG_AGO.plus(index, ChronoUnit.MICROS))));
        }

        assertThat(slice(0, 2)).isEqualTo(new Page<>(all.subList(0, 2), true));
        assertThat(slice(1, 2)).isEqualTo(new Page<>(all.subList(1, 3), false));
        assertThat(slice(0, 0)).isEqualTo(new Page<>(List.of(), true));
        assertThat(slice(3, 0)).isEqualTo(new Page<>(List.of(), false));
        assertThat(slice(3, 1)).isEqualTo(new Page<>(List.of(), false));
        assertThat(slice(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(new Page<>(List.of(), false));
        assertThat(sessions.list(owner, agent.id(), new Slice(1, OptionalInt.empty())))
                .isEqualTo(new Page<>(all.subList(1, 3), false));
    }

    @Test
    void theSessionsOfNoAgentAreNone() {
        assertThat(sessions.list(owner, agent(config(), LONG_AGO).id(), Slice.ALL))
                .isEqualTo(new Page<>(List.of(), false));
    }

    @Test
    void aSessionIsDeletedOnceWithItsTurnsAndNoOthers() {
        StoreScene doomed = StoreScene.in(store, owner);
        StoreScene kept = StoreScene.in(store, owner);
        Turn rested = doomed.completed();
        Turn running = doomed.running();
        Turn keptTurn = kept.completed();

        assertThat(sessions.delete(owner, doomed.agent().id(), doomed.session().id()))
                .isTrue();

        assertThat(sessions.find(owner, doomed.agent().id(), doomed.session().id()))
                .isEmpty();
        assertThat(store.turns().inSession(owner, doomed.session().id())).isEmpty();
        assertThat(store.turns().find(owner, doomed.session().id(), rested.id()))
                .isEmpty();
        assertThat(store.turns().find(owner, doomed.session().id(), running.id()))
                .isEmpty();
        assertThat(sessions.delete(owner, doomed.agent().id(), doomed.session().id()))
                .isFalse();
        assertThat(store.agents().find(owner, doomed.agent().id())).contains(doomed.agent());
        assertThat(kept.stored(keptTurn.id())).isEqualTo(keptTurn);
    }

    private Session added(Session session) {
        assertThat(sessions.add(owner, session)).isTrue();
        return session;
    }

    private Page<Session> slice(int start, int limit) {
        return sessions.list(owner, agent.id(), new Slice(start, OptionalInt.of(limit)));
    }
}
