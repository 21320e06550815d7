package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.parley.application.port.Turns;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnSpec;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a turn costs the database, however long its session is. */
final class TurnCostTest {

    private static final int SAMPLES = 21;

    private static final PersistenceProcess PROCESS = PersistenceProcess.onFreshDatabase();

    /** Nobody else may write, and how often a page is logged whole depends on checkpoints, not on us. */
    @BeforeAll
    static void makeTheServerQuiet() {
        PROCESS.execute("alter system set autovacuum = off");
        PROCESS.execute("alter system set full_page_writes = off");
        PROCESS.execute("select pg_reload_conf()");
    }

    @AfterAll
    static void end() {
        PROCESS.execute("alter system reset autovacuum");
        PROCESS.execute("alter system reset full_page_writes");
        PROCESS.execute("select pg_reload_conf()");
        PROCESS.close();
    }

    @Test
    void aTurnWithOneInferenceIsTwoCommits() {
        StoreScene scene = StoreScene.in(PROCESS.store());
        scene.completed();
        long before = writingTransactions();

        for (int turn = 0; turn < SAMPLES; turn++) {
            scene.completed();
        }

        assertThat(writingTransactions() - before).isEqualTo(2 * SAMPLES);
    }

    @Test
    void readingCommitsNothing() {
        StoreScene scene = StoreScene.in(PROCESS.store());
        Turn turn = scene.completed();
        long before = writingTransactions();

        PROCESS.store().turns().before(scene.owner(), scene.session().id(), turn.id(), 10);
        PROCESS.store().turns().inSession(scene.owner(), scene.session().id());
        scene.stored(turn.id());

        assertThat(writingTransactions()).isEqualTo(before);
    }

    @Test
    void theBytesWrittenForATurnDoNotGrowWithItsSession() {
        StoreScene shortSession = StoreScene.in(PROCESS.store());
        StoreScene longSession = StoreScene.in(PROCESS.store());
        for (int turn = 0; turn < 300; turn++) {
            longSession.completed();
        }
        shortSession.completed();

        long early = medianBytesOfATurn(shortSession);
        long late = medianBytesOfATurn(longSession);

        assertThat(early).isPositive();
        assertThat(late).isCloseTo(early, withPercentage(5));
    }

    @Test
    void theBytesWrittenForAResponseDoNotGrowWithItsLine() {
        StoreScene scene = StoreScene.in(PROCESS.store());
        Turn shortLine = scene.respondedFirst();
        Turn longLine = scene.respondedFirst();
        for (int turn = 0; turn < 300; turn++) {
            longLine = scene.respondedAfter(longLine);
        }

        long early = medianBytesAfter(scene, shortLine);
        long late = medianBytesAfter(scene, longLine);

        assertThat(early).isPositive();
        assertThat(late).isCloseTo(early, withPercentage(5));
    }

    /** Each of the samples leaves the line at the same place, and so opens a thread. */
    @Test
    void theBytesWrittenForAForkDoNotGrowWithTheLineThatItLeaves() {
        StoreScene scene = StoreScene.in(PROCESS.store());
        Turn first = scene.respondedFirst();
        Turn middle = first;
        Turn last = first;
        for (int turn = 0; turn < 300; turn++) {
            last = scene.respondedAfter(last);
            middle = turn == 150 ? last : middle;
        }
        Turn fork = middle;

        long early = medianBytes(() -> scene.respondedAfter(first));
        long late = medianBytes(() -> scene.respondedAfter(fork));

        assertThat(early).isPositive();
        assertThat(late).isCloseTo(early, withPercentage(5));
    }

    @Test
    void theBytesWrittenForAResponseDoNotGrowWithItsConversation() {
        StoreScene scene = StoreScene.in(PROCESS.store());
        Conversation shortOne = scene.conversation();
        Conversation longOne = scene.conversation();
        for (int turn = 0; turn < 300; turn++) {
            scene.respondedIn(longOne);
        }
        scene.respondedIn(shortOne);

        long early = medianBytes(() -> scene.respondedIn(shortOne));
        long late = medianBytes(() -> scene.respondedIn(longOne));

        assertThat(early).isPositive();
        assertThat(late).isCloseTo(early, withPercentage(5));
    }

    @Test
    void aLineOfAThousandWithAForkInItsMiddleIsReadByOneStatement() {
        StoreScene scene = StoreScene.in(PROCESS.store());
        Turn last = scene.respondedFirst();
        Turn middle = last;
        for (int turn = 1; turn < 1_000; turn++) {
            last = scene.respondedAfter(last);
            middle = turn == 500 ? last : middle;
        }
        Turn fork = scene.respondedAfter(scene.respondedAfter(middle));
        Turns turns = PROCESS.store().turns();

        try (Statements statements = Statements.listen()) {
            assertThat(turns.lineage(scene.owner(), last.id(), 2_000))
                    .hasSize(1_000)
                    .endsWith(last);
            assertThat(statements.heard()).hasSize(1);
            assertThat(turns.lineage(scene.owner(), fork.id(), 2_000))
                    .hasSize(503)
                    .contains(middle)
                    .endsWith(fork);
            assertThat(statements.heard()).hasSize(2);
        }
    }

    @Test
    void aResponseWithOneInferenceIsTwoCommits() {
        StoreScene scene = StoreScene.in(PROCESS.store());
        Conversation conversation = scene.conversation();
        Turn last = scene.respondedFirst();
        long before = writingTransactions();

        for (int turn = 0; turn < SAMPLES; turn++) {
            last = scene.respondedAfter(last);
            scene.respondedIn(conversation);
        }

        assertThat(writingTransactions() - before).isEqualTo(2 * 2 * SAMPLES);
    }

    @Test
    void aLongSpecIsWrittenOnceForASession() {
        StoreScene scene = StoreScene.in(PROCESS.store());
        long begin = bytesWritten();
        endedWith(scene, incompressibleText());
        long first = bytesWritten() - begin;
        endedWith(scene, incompressibleText());
        long second = bytesWritten() - begin - first;

        assertThat(first).isGreaterThan(20_000);
        assertThat(second).isLessThan(first - 15_000);
    }

    @Test
    void aSpecThatAllTurnsShareIsReadOnce() {
        StoreScene scene = StoreScene.in(PROCESS.store());
        for (int turn = 0; turn < 4; turn++) {
            endedWith(scene, "the same");
        }

        assertThat(PROCESS.bean(TurnRows.class)
                        .inSession(scene.owner().id(), scene.session().id().value()))
                .hasSize(4)
                .filteredOn(row -> row.spec() != null)
                .hasSize(1);
    }

    private static long medianBytesOfATurn(StoreScene scene) {
        return medianBytes(scene::completed);
    }

    private static long medianBytesAfter(StoreScene scene, Turn first) {
        AtomicReference<Turn> last = new AtomicReference<>(first);
        return medianBytes(() -> last.updateAndGet(scene::respondedAfter));
    }

    private static long medianBytes(Runnable oneTurn) {
        return LongStream.generate(() -> {
                    long before = bytesWritten();
                    oneTurn.run();
                    return bytesWritten() - before;
                })
                .limit(SAMPLES)
                .sorted()
                .skip(SAMPLES / 2)
                .findFirst()
                .orElseThrow();
    }

    private static void endedWith(StoreScene scene, String instructions) {
        Turn plain = TurnFixture.turn(scene.session().id());
        TurnSpec spec = plain.spec();
        Turn turn = scene.begun(Turn.begin(
                plain.id(),
                plain.origin(),
                new TurnSpec(
                        spec.model(),
                        instructions,
                        spec.sampling(),
                        spec.responseFormat(),
                        spec.tools(),
                        spec.toolChoice(),
                        spec.inputShields(),
                        spec.outputShields(),
                        spec.retrieveFrom(),
                        spec.maxInferenceSteps(),
                        spec.clientToolPolicy()),
                plain.input(),
                plain.startedAt()));
        scene.moved(turn, TurnFixture.answered(turn, "Well"));
    }

    /** The same text each time. */
    private static String incompressibleText() {
        StringBuilder text = new StringBuilder();
        new Random(1).ints(20_000, '!', '~').forEach(text::appendCodePoint);
        return text.toString();
    }

    /** Counts transactions that were given a number, which only those are that write. */
    private static long writingTransactions() {
        return Long.parseLong(PROCESS.ask("select pg_snapshot_xmax(pg_current_snapshot())"));
    }

    private static long bytesWritten() {
        return Long.parseLong(PROCESS.ask("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')"));
    }
}
