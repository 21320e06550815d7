package dev.parley.application.port;

import static dev.parley.application.testing.AgentFixture.agent;
import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.StoreScene.LONG_AGO;
import static dev.parley.application.testing.StoreScene.someOwner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.turn.Turn;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of agents does. The store may hold the data of other tests. */
public abstract class AgentsContract {

    private final Owner owner = someOwner();
    private Store store;
    private Agents agents;

    /** A store, which may be the same one for all tests. */
    protected abstract Store store();

    @BeforeEach
    final void open() {
        store = store();
        agents = store.agents();
    }

    @Test
    void everyFieldOfAnAgentComesBackExactly() {
        for (AgentConfig config : AgentFixture.everyConfig()) {
            Agent agent = agent(config, LONG_AGO);

            agents.add(owner, agent);

            assertThat(agents.find(owner, agent.id())).contains(agent);
            assertThat(agents.list(owner, Slice.ALL).items()).contains(agent);
        }
    }

    @Test
    void anIdThatWasNeverGivenOutIsNotFound() {
        assertThat(agents.find(owner, new AgentId("no such agent"))).isEmpty();
        assertThat(agents.find(owner, new AgentId(""))).isEmpty();
        assertThat(agents.delete(owner, new AgentId("no such agent"))).isFalse();
    }

    @Test
    void agentsAreListedOldestFirstAndThoseOfOneInstantById() {
        List<Agent> added = new ArrayList<>();
        for (int age : List.of(3, 0, 2, 0, 1, 0)) {
            added.add(agent(config(), LONG_AGO.minus(age, ChronoUnit.MICROS)));
        }
        added.forEach(agent -> agents.add(owner, agent));

        Page<Agent> page = agents.list(owner, Slice.ALL);

        assertThat(page.items())
                .isEqualTo(added.stream()
                        .sorted(Comparator.comparing(Agent::createdAt)
                                .thenComparing(agent -> agent.id().value()))
                        .toList());
        assertThat(page.hasMore()).isFalse();
        assertThat(agents.list(owner, Slice.ALL)).isEqualTo(page);
    }

    @Test
    void aSliceIsThatPartOfTheListAndSaysWhetherThereIsMore() {
        List<Agent> all = new ArrayList<>();
        for (int index = 0; index < 5; index++) {
            Agent agent = agent(config(), LONG_AGO.plus(index, ChronoUnit.MICROS));
            agents.add(owner, agent);
            all.add(agent);
        }

        assertThat(slice(0, 2)).isEqualTo(new Page<>(all.subList(0, 2), true));
        assertThat(slice(2, 2)).isEqualTo(new Page<>(all.subList(2, 4), true));
        assertThat(slice(4, 2)).isEqualTo(new Page<>(all.subList(4, 5), false));
        assertThat(slice(3, 2)).isEqualTo(new Page<>(all.subList(3, 5), false));
        assertThat(slice(0, Integer.MAX_VALUE)).isEqualTo(new Page<>(all, false));
        assertThat(agents.list(owner, new Slice(1, OptionalInt.empty())))
                .isEqualTo(new Page<>(all.subList(1, 5), false));
    }

    @Test
    void aSliceOfNothingIsEmptyAndStillSaysWhetherThereIsMore() {
        agents.add(owner, agent(config(), LONG_AGO));

        assertThat(slice(0, 0)).isEqualTo(new Page<>(List.of(), true));
        assertThat(slice(1, 0)).isEqualTo(new Page<>(List.of(), false));
        assertThat(slice(1, 1)).isEqualTo(new Page<>(List.of(), false));
        assertThat(slice(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(new Page<>(List.of(), false));
        assertThat(agents.list(someOwner(), Slice.ALL)).isEqualTo(new Page<>(List.of(), false));
    }

    @Test
    void anotherOwnerSeesNothingAndDeletesNothing() {
        Owner other = someOwner();
        Agent agent = agent(config(), LONG_AGO);
        agents.add(owner, agent);

        assertThat(agents.find(other, agent.id())).isEmpty();
        assertThat(agents.list(other, Slice.ALL).items()).isEmpty();
        assertThat(agents.delete(other, agent.id())).isFalse();
        assertThat(agents.find(owner, agent.id())).contains(agent);
    }

    @Test
    void aDeletedAgentIsGoneAndIsDeletedOnce() {
        Agent agent = agent(config(), LONG_AGO);
        agents.add(owner, agent);

        assertThat(agents.delete(owner, agent.id())).isTrue();

        assertThat(agents.find(owner, agent.id())).isEmpty();
        assertThat(agents.list(owner, Slice.ALL).items()).isEmpty();
        assertThat(agents.delete(owner, agent.id())).isFalse();
    }

    @Test
    void anAgentIsDeletedWithItsSessionsAndTurnsAndNoOthers() {
        StoreScene doomed = StoreScene.in(store, owner);
        StoreScene kept = StoreScene.in(store, owner);
        Turn rested = doomed.completed();
        Turn running = doomed.running();
        Turn keptTurn = kept.completed();

        assertThat(agents.delete(owner, doomed.agent().id())).isTrue();

        assertThat(store.sessions()
                        .find(owner, doomed.agent().id(), doomed.session().id()))
                .isEmpty();
        assertThat(store.turns().inSession(owner, doomed.session().id())).isEmpty();
        assertThat(store.turns().find(owner, doomed.session().id(), rested.id()))
                .isEmpty();
        assertThat(store.turns().find(owner, doomed.session().id(), running.id()))
                .isEmpty();
        assertThat(kept.stored(keptTurn.id())).isEqualTo(keptTurn);
        assertThat(agents.list(owner, Slice.ALL).items()).containsExactly(kept.agent());
    }

    private Page<Agent> slice(int start, int limit) {
        return agents.list(owner, new Slice(start, OptionalInt.of(limit)));
    }
}
