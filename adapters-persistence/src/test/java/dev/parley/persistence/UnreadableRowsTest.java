package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.application.port.Replicas;
import dev.parley.application.port.Slice;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.UnreadableTurn;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.ItemFixture;
import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.TurnFixture;
import dev.parley.application.turn.RecoverTurns;
import dev.parley.application.turn.RunningTurns;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** One row that can't be read fails its own lookup and nothing else. */
final class UnreadableRowsTest {

    private final PersistenceProcess process = PersistenceProcess.shared();
    private final Store store = process.store();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Readable.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @Test
    void anAgentOfALaterVersion() {
        StoreScene scene = StoreScene.in(store);
        Agent kept = AgentFixture.agent(AgentFixture.config(), StoreScene.LONG_AGO);
        store.agents().add(scene.owner(), kept);
        String id = scene.agent().id().value();
        process.execute(
                "update agent set schema_version = 9, body = '{\"of\": \"the future\"}' where id = '%s'".formatted(id));

        assertThat(store.agents().list(scene.owner(), Slice.ALL).items()).containsExactly(kept);
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("agent " + id, "left out of a list");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(
                        () -> store.agents().find(scene.owner(), scene.agent().id()))
                .withMessage(
                        "The stored agent %s can't be read: it was written in version 9, and this Parley reads versions"
                                + " up to 2; run the Parley that wrote it",
                        id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update turn set body = '{\"input\": \"private words\"}' where id = '%s'",
                "update turn set outcome = '{\"type\": \"private words\"}' where id = '%s'",
                "update turn set outcome_version = 3 where id = '%s'",
                "update turn_step set body = '{\"type\": \"private words\"}' where turn_id = '%s'",
                "update turn_step set schema_version = 3 where turn_id = '%s'"
            })
    void aTurn(String damage) {
        StoreScene scene = StoreScene.in(store);
        Turn broken = scene.completed();
        Turn kept = scene.completed();
        Turn running = scene.running();
        process.execute(damage.formatted(broken.id()));

        assertThat(store.turns().inSession(scene.owner(), scene.session().id())).containsExactly(kept, running);
        assertThat(store.turns().before(scene.owner(), scene.session().id(), running.id(), 10))
                .containsExactly(kept);
        assertThat(log.list)
                .hasSize(2)
                .extracting(ILoggingEvent::getFormattedMessage)
                .allSatisfy(message -> assertThat(message)
                        .contains("turn " + broken.id(), "left out of a list")
                        .doesNotContain("private words"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> scene.stored(broken.id()))
                .withMessageContaining("The stored turn %s can't be read: ", broken.id())
                .matches(failure -> !String.valueOf(failure.getMessage()).contains("private words"));
        scene.moved(running, TurnFixture.answered(running, "Hello"));
    }

    @Test
    void aSpecThatTurnsShare() {
        StoreScene scene = StoreScene.in(store);
        Turn first = scene.completed();
        scene.completed();
        process.execute("update thread_spec set body = '{}' where thread_id = '%s'"
                .formatted(scene.session().id()));

        assertThat(store.turns().inSession(scene.owner(), scene.session().id())).isEmpty();
        assertThat(log.list).hasSize(2);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> scene.stored(first.id()));
    }

    @Test
    void anItemOfAConversation() {
        StoreScene scene = StoreScene.in(store);
        Item broken = ItemFixture.said("private words");
        Item kept = ItemFixture.said("kept");
        ConversationId conversation = scene.conversation(broken, kept).id();
        process.execute("update conversation_item set schema_version = 9 where item_id = '%s'".formatted(broken.id()));

        assertThat(store.conversations().window(scene.owner(), conversation, 10))
                .containsExactly(kept);
        assertThat(store.items().find(scene.owner(), Set.of(broken.id(), kept.id())))
                .containsOnlyKeys(kept.id());
        assertThat(log.list)
                .hasSize(2)
                .extracting(ILoggingEvent::getFormattedMessage)
                .allSatisfy(message -> assertThat(message)
                        .contains("item " + broken.id(), "left out of a list")
                        .doesNotContain("private words"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> store.conversations().item(scene.owner(), conversation, broken.id()))
                .withMessageContaining("The stored item %s can't be read: ", broken.id());
    }

    /** Whether it is broken or of another version: its session must not stay busy for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"outcome_version = 3", "outcome = '{}'", "body = '{}'", "schema_version = 3"})
    void anAbandonedTurnIsMarkedAllTheSame(String damage) {
        StoreScene scene = StoreScene.in(store);
        Turn turn = scene.running();
        process.execute("update turn set %s where id = '%s'".formatted(damage, turn.id()));
        store.replicas().beat();

        Replicas.Abandoned abandoned = store.replicas().abandoned(Set.of(), 10_000).stream()
                .filter(found -> found.turn().equals(turn.id()))
                .findAny()
                .orElseThrow();
        Observation.Broke broke = TurnFixture.broke(turn);
        assertThat(store.journal()
                        .fail(scene.owner(), abandoned.turn(), abandoned.revision(), broke.failure(), broke.at()))
                .isEqualTo(TurnJournal.Saving.SAVED);

        assertThat(process.ask("select state from turn where id = '%s'".formatted(turn.id())))
                .isEqualTo("failed");
        assertThat(store.journal()
                        .begin(scene.owner(), TurnFixture.turn(scene.session().id()), Optional.empty()))
                .isEqualTo(new TurnJournal.Beginning.Begun());
        store.agents().delete(scene.owner(), scene.agent().id());
    }

    /** It would be tried for ever else, and its session be busy for as long. */
    @ParameterizedTest
    @ValueSource(strings = {"outcome_version = 3", "body = '{}'"})
    void aBackgroundTurnIsCountedAndEndedAllTheSame(String damage) {
        StoreScene scene = StoreScene.in(store);
        Turn queued = scene.begun(
                TurnFixture.queued(new Origin.InSession(scene.session().id())));
        Turn turn = scene.moved(queued, TurnFixture.pickedUp(queued));
        process.execute("update turn set %s where id = '%s'".formatted(damage, turn.id()));

        assertThatExceptionOfType(UnreadableTurn.class)
                .isThrownBy(() -> store.turns().find(scene.owner(), turn.id()));
        assertThat(store.journal().countBroken(scene.owner(), turn.id()))
                .contains(new TurnJournal.BrokenRuns(1, turn.revision(), turn.startedAt()));
        assertThat(store.journal().claim(scene.owner(), turn.id(), turn.revision()))
                .isTrue();
        Observation.Broke broke = TurnFixture.broke(turn);
        assertThat(store.journal().fail(scene.owner(), turn.id(), turn.revision(), broke.failure(), broke.at()))
                .isEqualTo(TurnJournal.Saving.SAVED);

        assertThat(store.journal()
                        .begin(scene.owner(), TurnFixture.turn(scene.session().id()), Optional.empty()))
                .isEqualTo(new TurnJournal.Beginning.Begun());
        store.agents().delete(scene.owner(), scene.agent().id());
    }

    @Test
    void anAbandonedTurnIsRecoveredAndItsSessionGoesOn() {
        PersistenceProcess fresh = PersistenceProcess.onFreshDatabase();
        try (fresh) {
            StoreScene scene = StoreScene.in(fresh.store());
            Turn turn = scene.running();
            fresh.execute("update turn set body = '{}', outcome = '{}'; update thread_spec set body = '{}'");
            RecoverTurns recovery = new RecoverTurns(
                    fresh.store().replicas(), fresh.store().journal(), new RunningTurns(), InstantSource.system());

            assertThat(recovery.recover()).isEqualTo(1);

            assertThat(fresh.ask("select state from turn where id = '%s'".formatted(turn.id())))
                    .isEqualTo("failed");
            assertThat(fresh.store()
                            .journal()
                            .begin(
                                    scene.owner(),
                                    TurnFixture.turn(scene.session().id()),
                                    Optional.empty()))
                    .isEqualTo(new TurnJournal.Beginning.Begun());
        }
    }
}
