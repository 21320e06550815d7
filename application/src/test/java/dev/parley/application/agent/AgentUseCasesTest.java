package dev.parley.application.agent;

import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.AgentFixture.everyConfig;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Page;
import dev.parley.application.port.Slice;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.CountingIds;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.agent.AgentId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AgentUseCasesTest {

    private static final Owner STRANGER = new Owner("a stranger");

    private final ScriptedApplication app = new ScriptedApplication();

    @Test
    void anAgentIsKeptAsItWasConfigured() {
        for (AgentConfig config : everyConfig()) {
            Agent agent = app.createAgent().create(Owner.SOLE, config);

            assertThat(agent.config()).isEqualTo(config);
            assertThat(app.readAgents().get(Owner.SOLE, agent.id())).isEqualTo(agent);
        }
    }

    @Test
    void anAgentHasANewIdAndATimeThatClientsCanRead() {
        Agent agent = app.createAgent().create(Owner.SOLE, config());

        assertThat(agent.id()).isEqualTo(new AgentId(CountingIds.id(1).toString()));
        assertThat(agent.createdAt()).isEqualTo(agent.createdAt().truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void agentsAreListedOldestFirstInSlices() {
        Agent first = app.createAgent().create(Owner.SOLE, config());
        Agent second = app.createAgent().create(Owner.SOLE, config());
        Agent third = app.createAgent().create(Owner.SOLE, config());

        assertThat(app.readAgents().list(Owner.SOLE, Slice.ALL))
                .isEqualTo(new Page<>(List.of(first, second, third), false));
        assertThat(app.readAgents().list(Owner.SOLE, new Slice(1, OptionalInt.of(1))))
                .isEqualTo(new Page<>(List.of(second), true));
        assertThat(app.readAgents().list(STRANGER, Slice.ALL).items()).isEmpty();
    }

    @Test
    void anAgentIsDeletedOnceWithAllThatHangsOnIt() {
        app.model().then(says("Hello"));
        Chat chat = app.chat(config());
        chat.say("Hi");

        app.deleteAgent().delete(chat.owner(), chat.agent());

        assertNotFound(() -> app.readAgents().get(chat.owner(), chat.agent()));
        assertNotFound(() -> app.deleteAgent().delete(chat.owner(), chat.agent()));
        assertThat(chat.stored()).isEmpty();
    }

    @Test
    void anotherOwnersAgentIsNotFound() {
        Agent agent = app.createAgent().create(Owner.SOLE, config());

        assertNotFound(() -> app.readAgents().get(STRANGER, agent.id()));
        assertNotFound(() -> app.deleteAgent().delete(STRANGER, agent.id()));
        assertThat(app.readAgents().get(Owner.SOLE, agent.id())).isEqualTo(agent);
    }

    private static void assertNotFound(Runnable use) {
        Refusal refusal = catchThrowableOfType(Refusal.class, use::run);

        assertThat(refusal.code()).isEqualTo(Refusal.Code.NOT_FOUND);
        assertThat(refusal.explanation()).startsWith("Agent ");
    }
}
