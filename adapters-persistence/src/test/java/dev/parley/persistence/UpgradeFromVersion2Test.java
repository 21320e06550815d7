package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.ItemFixture;
import dev.parley.application.testing.Store;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.Owner;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.persistence.json.BodyCodec;
import dev.parley.persistence.testing.TestPostgres;
import dev.parley.persistence.testing.TestPostgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that version 2 filled, whose tables knew nothing of summaries, and replicas of version 2 that still run. */
final class UpgradeFromVersion2Test {

    private static final Owner OWNER = new Owner("o");
    private static final ConversationId CONVERSATION = new ConversationId("conv_1");

    private final BodyCodec codec = new BodyCodec();
    private final Database database = TestPostgres.freshDatabase();
    private Connection version2;
    private int position;

    @BeforeEach
    void migrateToVersion2() throws SQLException {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/migration")
                .target("2")
                .load()
                .migrate();
        version2 = database.connect();
        execute("insert into thread (owner, id) values ('o', 't')");
    }

    @AfterEach
    void end() throws SQLException {
        version2.close();
    }

    @Test
    void whatStandsForAllBeforeItIsFoundInWhatWasStored() throws SQLException {
        Turn first = plain(Optional.empty());
        Turn made = compacted(first, "All is well");
        Turn second = plain(Optional.of(made));
        Turn given = given(second, "All is well");
        Turn third = plain(Optional.of(given));
        Turn nothing = compacted(third, "");
        Turn last = plain(Optional.of(nothing));
        Item summary = new Item.Compacted(ItemFixture.someId(), "sealed", "All is well");
        Item behind = ItemFixture.said("I am well");
        conversation(ItemFixture.said("How am I?"), summary, behind);

        try (PersistenceProcess process = PersistenceProcess.on(database, Map.of())) {
            Store store = process.store();

            assertThat(store.turns().lineage(OWNER, last.id(), 10)).containsExactly(given, third, nothing, last);
            assertThat(store.turns().lineage(OWNER, second.id(), 10)).containsExactly(made, second);
            assertThat(store.turns().lineage(OWNER, first.id(), 10)).containsExactly(first);
            assertThat(store.conversations().window(OWNER, CONVERSATION, 10)).containsExactly(summary, behind);
        }
    }

    @Test
    void whatReplicasOfVersion2WriteMeanwhileIsReadWhole() throws SQLException {
        Turn first = plain(Optional.empty());
        try (PersistenceProcess process = PersistenceProcess.on(database, Map.of())) {
            Store store = process.store();
            Turn made = compacted(first, "All is well");
            Turn last = plain(Optional.of(made));
            conversation(ItemFixture.said("How am I?"), new Item.Compacted(ItemFixture.someId(), "sealed", "Well"));

            assertThat(store.turns().lineage(OWNER, last.id(), 10)).containsExactly(first, made, last);
            assertThat(store.conversations().window(OWNER, CONVERSATION, 10)).hasSize(2);
        }
    }

    private Turn plain(Optional<Turn> previous) throws SQLException {
        Turn turn = TurnFixture.response(new Origin.AfterTurn(previous.map(Turn::id)));
        return stored(turn.observe(TurnFixture.answered(turn, "Hello")));
    }

    private Turn compacted(Turn previous, String summary) throws SQLException {
        Turn turn = TurnFixture.compacting(new Origin.AfterTurn(Optional.of(previous.id())));
        return stored(turn.observe(TurnFixture.compacted(turn, summary)));
    }

    private Turn given(Turn previous, String summary) throws SQLException {
        Turn turn = TurnFixture.response(
                new Origin.AfterTurn(Optional.of(previous.id())),
                new Item.Compacted(ItemFixture.someId(), "sealed", summary),
                ItemFixture.said("How am I?"));
        return stored(turn.observe(TurnFixture.answered(turn, "Hello")));
    }

    /** The turn as version 2 has written it, with its one step. */
    private Turn stored(Turn turn) throws SQLException {
        execute(
                "insert into thread_spec values ('o', 't', 'spec', 2, cast(? as jsonb)) on conflict do nothing",
                codec.write(turn.spec()));
        position++;
        execute(
                """
                insert into turn (owner, id, thread_id, position, previous_id, state, revision, started_at, rested_at, spec_id,
                                  schema_version, body, outcome_version, outcome)
                values ('o', ?, 't', %d, ?, 'completed', %d, timestamptz '%s', timestamptz '%s', 'spec',
                        2, cast(? as jsonb), 2, cast(? as jsonb))
                """.formatted(
                                position,
                                turn.revision(),
                                turn.startedAt(),
                                turn.restedAt().orElseThrow()),
                turn.id().value(),
                ((Origin.AfterTurn) turn.origin()).previous().map(TurnId::value).orElse(null),
                codec.write(turn.input()),
                codec.write(turn.state()));
        execute(
                "insert into turn_step values ('o', ?, 0, 2, cast(? as jsonb))",
                turn.id().value(),
                codec.write(turn.steps().getFirst()));
        return turn;
    }

    private void conversation(Item... items) throws SQLException {
        execute("insert into conversation values ('o', 'conv_1', now(), '{}', %d)".formatted(items.length));
        int place = 0;
        for (Item item : List.of(items)) {
            place++;
            execute("""
                insert into conversation_item (owner, conversation_id, position, item_id, schema_version, body)
                values ('o', 'conv_1', %d, ?, 2, cast(? as jsonb))
                """.formatted(place), item.id().value(), codec.write(item));
        }
    }

    private void execute(String sql, @Nullable String... values) throws SQLException {
        try (PreparedStatement statement = version2.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setString(index + 1, values[index]);
            }
            statement.execute();
        }
    }
}
