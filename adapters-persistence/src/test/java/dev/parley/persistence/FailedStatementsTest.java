package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.StoreScene;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.session.Session;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What fails ends up in a log, so it must not quote what users wrote. */
final class FailedStatementsTest {

    private final PersistenceProcess process = PersistenceProcess.shared();

    @Test
    void whatIsThrownQuotesNoRow() {
        Owner owner = new Owner("private-owner");
        Agent agent = AgentFixture.agent(AgentFixture.config(), StoreScene.LONG_AGO);
        process.store().agents().add(owner, agent);

        Throwable thrown = catchThrowable(() -> process.store().agents().add(owner, agent));

        assertThat(trace(thrown))
                .contains("agent_pkey")
                .doesNotContain("private-owner", agent.id().value(), "Be brief");
        process.store().agents().delete(owner, agent.id());
    }

    @Test
    void textThatTheDatabaseDoesNotTakeIsNotQuoted() {
        StoreScene scene = StoreScene.in(process.store());
        Session session = StoreScene.session(scene.agent(), StoreScene.LONG_AGO);
        Session impossible = new Session(session.id(), session.agentId(), "private\0name", session.startedAt());

        Throwable thrown = catchThrowable(() -> process.store().sessions().add(scene.owner(), impossible));

        assertThat(trace(thrown)).contains("0x00").doesNotContain("private");
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
