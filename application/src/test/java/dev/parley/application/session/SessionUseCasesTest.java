package dev.parley.application.session;

import static dev.parley.application.testing.AgentFixture.AWKWARD_TEXT;
import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Page;
import dev.parley.application.port.Slice;
import dev.parley.application.session.ReadSessions.SessionWithTurns;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.session.Session;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionUseCasesTest {

    private static final Owner STRANGER = new Owner("a stranger");

    private final ScriptedApplication app = new ScriptedApplication();
    private final Chat chat = app.chat(config());
    private final ReadSessions readSessions = app.readSessions();

    @Test
    void aSessionIsKeptUnderItsName() {
        Session session = app.createSession().create(chat.owner(), chat.agent(), AWKWARD_TEXT);

        assertThat(session.name()).isEqualTo(AWKWARD_TEXT);
        assertThat(session.startedAt()).isEqualTo(session.startedAt().truncatedTo(ChronoUnit.MICROS));
        assertThat(readSessions.get(chat.owner(), chat.agent(), session.id(), Set.of()))
                .isEqualTo(new SessionWithTurns(session, List.of()));
    }

    @Test
    void aSessionNeedsAnAgentOfItsOwner() {
        assertNotFound("Agent", () -> app.createSession().create(chat.owner(), new AgentId("nobody"), "a session"));
        assertNotFound("Agent", () -> app.createSession().create(STRANGER, chat.agent(), "a session"));
    }

    @Test
    void aSessionIsReadWithAllItsTurnsOrThoseThatWereAskedFor() {
        app.model().then(says("one"), says("two"), says("three"));
        Turn first = chat.say("1");
        Turn second = chat.say("2");
        Turn third = chat.say("3");

        assertThat(turns()).containsExactly(first, second, third);
        assertThat(turns(third.id(), first.id())).containsExactly(first, third);
        assertThat(turns(new TurnId("never"))).isEmpty();
    }

    @Test
    void sessionsAreListedOldestFirstInSlices() {
        Session second = app.createSession().create(chat.owner(), chat.agent(), "second");

        Page<Session> all = readSessions.list(chat.owner(), chat.agent(), Slice.ALL);

        assertThat(all.items()).extracting(Session::id).containsExactly(chat.session(), second.id());
        assertThat(all.hasMore()).isFalse();
        assertThat(readSessions.list(chat.owner(), chat.agent(), new Slice(1, OptionalInt.of(5))))
                .isEqualTo(new Page<>(List.of(second), false));
    }

    @Test
    void theSessionsOfAnUnknownAgentAreNotFound() {
        assertNotFound("Agent", () -> readSessions.list(chat.owner(), new AgentId("nobody"), Slice.ALL));
        assertNotFound("Agent", () -> readSessions.list(STRANGER, chat.agent(), Slice.ALL));
    }

    @Test
    void aSessionIsDeletedOnceWithItsTurns() {
        app.model().then(says("Hello"));
        chat.say("Hi");

        app.deleteSession().delete(chat.owner(), chat.agent(), chat.session());

        assertThat(chat.stored()).isEmpty();
        assertNotFound("Session", this::turns);
        assertNotFound("Session", () -> app.deleteSession().delete(chat.owner(), chat.agent(), chat.session()));
        assertThat(app.readAgents().get(chat.owner(), chat.agent()).id()).isEqualTo(chat.agent());
    }

    @Test
    void aSessionIsNotFoundWithAnotherAgentOrForAnotherOwner() {
        AgentId other = app.chat(config()).agent();

        assertNotFound("Session", () -> readSessions.get(chat.owner(), other, chat.session(), Set.of()));
        assertNotFound("Session", () -> readSessions.get(STRANGER, chat.agent(), chat.session(), Set.of()));
        assertNotFound("Session", () -> app.deleteSession().delete(chat.owner(), other, chat.session()));
        assertNotFound("Session", () -> app.deleteSession().delete(STRANGER, chat.agent(), chat.session()));
        assertNotFound("Session", () -> app.deleteSession().delete(chat.owner(), chat.agent(), new SessionId("no")));
        assertThat(turns()).isEmpty();
    }

    private List<Turn> turns(TurnId... only) {
        return readSessions
                .get(chat.owner(), chat.agent(), chat.session(), Set.of(only))
                .turns();
    }

    private static void assertNotFound(String what, Runnable use) {
        Refusal refusal = catchThrowableOfType(Refusal.class, use::run);

        assertThat(refusal.code()).isEqualTo(Refusal.Code.NOT_FOUND);
        assertThat(refusal.explanation()).startsWith(what + " ");
    }
}
