package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.application.port.TurnJournal.Beginning;
import dev.parley.application.testing.Store;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.message.Message;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnState;
import dev.parley.persistence.testing.TestPostgres;
import dev.parley.persistence.testing.TestPostgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A database that version 1 filled, and replicas of version 1 that still run while the first of version 2 start. The
 * statements of version 1 are here word by word, with values in the places of their parameters.
 */
final class UpgradeTest {

    private static final Owner OWNER = new Owner("o");
    private static final AgentId AGENT = new AgentId("a");
    private static final SessionId SESSION = new SessionId("s");

    private static final String READ_OF_VERSION_1 = """
        select count(p.body) from turn t
        join turn_spec p on p.owner = t.owner and p.session_id = t.session_id and p.id = t.spec_id
        where t.owner = 'o' and t.session_id = '%s'
        """;

    private static final String SPEC = """
        {"model":"m","instructions":"Be brief.","sampling":{"strategy":{"type":"greedy"},"maxTokens":0,
         "repetitionPenalty":1.0,"stop":null},"responseFormat":null,"tools":[],"toolChoice":{"type":"auto"},
         "inputShields":[],"outputShields":[],"retrieveFrom":[],"maxInferenceSteps":10,"clientToolPolicy":"PAUSE"}
        """;
    private static final String BODY = """
        {"input":[{"role":"user","content":{"type":"plain","text":"How am I?"},"context":null}],"documents":[]}
        """;
    private static final String ANSWER = """
        {"text":"Well","reasoning":"hm","toolCalls":[],"stopReason":"END_OF_TURN"}
        """;
    private static final String OUTCOME = "{\"type\":\"completed\",\"output\":%s}".formatted(ANSWER);
    private static final String STEP = """
        {"type":"inference","answer":%s,"usage":null,
         "period":{"start":"2025-04-28T21:06:00.000002Z","end":"2025-04-28T21:06:01Z"}}
        """.formatted(ANSWER);

    private final Database database = TestPostgres.freshDatabase();
    private Connection version1;

    @BeforeEach
    void fillAsVersion1() throws SQLException {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/migration")
                .target("1")
                .load()
                .migrate();
        version1 = database.connect();
        execute("insert into agent values ('o', 'a', now(), 1, '{}')");
        execute("insert into session values ('o', 's', 'a', 'a session', now())");
        completed("one", "s");
        completed("two", "s");
    }

    @AfterEach
    void end() throws SQLException {
        version1.close();
    }

    @Test
    void sessionsSurviveAndGoOn() {
        try (PersistenceProcess process = PersistenceProcess.on(database, Map.of())) {
            Store store = process.store();

            List<Turn> turns = store.turns().inSession(OWNER, SESSION);
            assertThat(turns).extracting(turn -> turn.id().value()).containsExactly("one", "two");
            assertThat(turns).allSatisfy(turn -> {
                assertThat(turn.origin()).isEqualTo(new Origin.InSession(SESSION));
                assertThat(turn.input())
                        .isEqualTo(new TurnInput.Messages(List.of(Message.User.of("How am I?")), List.of()));
                assertThat(turn.state()).isInstanceOf(TurnState.Completed.class);
                assertThat(turn.steps()).hasSize(1);
            });

            Turn third = begun(store, TurnFixture.turn(SESSION));
            Turn response = begun(store, TurnFixture.response(new Origin.AfterTurn(Optional.of(new TurnId("one")))));
            assertThat(store.turns().before(OWNER, SESSION, third.id(), 10)).isEqualTo(turns);
            assertThat(store.turns().lineage(OWNER, response.id(), 10)).containsExactly(turns.getFirst(), response);

            assertThat(store.sessions().delete(OWNER, AGENT, SESSION)).isTrue();
            assertThat(store.turns().find(OWNER, new TurnId("one"))).isEmpty();
            assertThat(process.ask("select count(*) from thread_spec where thread_id = 's'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void replicasOfVersion1GoOnMeanwhile() throws SQLException {
        begunByVersion1("running", "s");
        try (PersistenceProcess process = PersistenceProcess.on(database, Map.of())) {
            Store store = process.store();

            completedByVersion1("running");
            completed("four", "s");
            execute("insert into session values ('o', 'new', 'a', 'a session', now())");
            completed("in a new session", "new");
            begunByVersion1("busy", "new");
            assertThat(begunByVersion1("refused", "new")).isZero();

            assertThat(ask(READ_OF_VERSION_1.formatted("s"))).isEqualTo(4);
            assertThat(ask(READ_OF_VERSION_1.formatted("new"))).isEqualTo(2);
            assertThat(store.turns().inSession(OWNER, SESSION))
                    .extracting(turn -> turn.id().value())
                    .containsExactly("one", "two", "running", "four");
            assertThat(store.turns().lineage(OWNER, new TurnId("busy"), 10)).hasSize(2);
            assertThat(store.journal().begin(OWNER, TurnFixture.turn(new SessionId("new")), Optional.empty()))
                    .isEqualTo(new Beginning.OriginBusy());
            begun(store, TurnFixture.turn(SESSION));
            assertThat(begunByVersion1("beside one of version 2", "s")).isZero();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> begunByVersion1("nowhere", "no session"))
                    .matches(refused -> refused.getSQLState().equals("23503"));
        }
    }

    private static Turn begun(Store store, Turn turn) {
        assertThat(store.journal().begin(OWNER, turn, Optional.empty())).isEqualTo(new Beginning.Begun());
        return turn;
    }

    private void completed(String turn, String session) throws SQLException {
        assertThat(begunByVersion1(turn, session)).isEqualTo(1);
        completedByVersion1(turn);
    }

    private int begunByVersion1(String turn, String session) throws SQLException {
        try (PreparedStatement begin = version1.prepareStatement("""
            with spec as (
                insert into turn_spec (owner, session_id, id, schema_version, body)
                values ('o', '%2$s', 'spec', 1, cast('%3$s' as jsonb))
                on conflict do nothing)
            insert into turn (owner, id, session_id, position, state, revision, replica, started_at,
                              request_key, request_fingerprint, spec_id, schema_version, body, outcome_version, outcome)
            select 'o', '%1$s', '%2$s',
                   1 + coalesce((select max(position) from turn where owner = 'o' and session_id = '%2$s'), 0),
                   'running', 0, 'replica 1', now(), null, null,
                   'spec', 1, cast('%4$s' as jsonb), 1, cast('{"type":"running"}' as jsonb)
            on conflict do nothing
            """.formatted(turn, session, SPEC, BODY))) {
            return begin.executeUpdate();
        }
    }

    private void completedByVersion1(String turn) throws SQLException {
        assertThat(ask("""
            with moved as (
                update turn t set state = 'completed', outcome_version = 1, outcome = cast('%2$s' as jsonb),
                       revision = 0 + 1, rested_at = now(), replica = null
                where t.owner = 'o' and t.id = '%1$s' and t.revision = 0
                  and (t.state = 'running' or 'completed' <> 'running' or not exists (
                      select 1 from turn later
                      where later.owner = t.owner and later.session_id = t.session_id and later.position > t.position))
                returning t.owner, t.id),
            appended as (
                insert into turn_step (owner, turn_id, position, schema_version, body)
                select owner, id, 0, 1, cast('%3$s' as jsonb) from moved
                where 0 >= 0)
            select count(*) from moved
            """.formatted(turn, OUTCOME, STEP))).isEqualTo(1);
    }

    private int ask(String sql) throws SQLException {
        try (Statement statement = version1.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = version1.createStatement()) {
            statement.execute(sql);
        }
    }
}
