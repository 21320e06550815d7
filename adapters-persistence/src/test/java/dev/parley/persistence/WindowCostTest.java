package dev.parley.persistence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.ItemFixture;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.item.Item;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import io.micronaut.data.annotation.Query;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What reading costs that came before a turn: as much as what still counts of it, however much lies before the summary that
 * stands for that. The cost is the pages that the statement looks at.
 */
final class WindowCostTest {

    private static final int SHORT = 3;
    private static final int LONG = 120;

    /** An index that has more pages may have one more level; what was read whole would be hundreds. */
    private static final int A_FEW = 12;

    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");
    private static final Pattern PAGES = Pattern.compile("\"Shared (?:Hit|Read) Blocks\": (\\d+)");

    private static final PersistenceProcess PROCESS = PersistenceProcess.onFreshDatabase();

    private final StoreScene scene = StoreScene.in(PROCESS.store());

    @AfterAll
    static void end() {
        PROCESS.close();
    }

    @Test
    void ofALineOfResponses() {
        Turn shortOne = summed(line(SHORT));
        Turn longOne = summed(line(LONG));

        assertCostsTheSame(pagesOfLineage(shortOne), pagesOfLineage(longOne));
    }

    /** Else the other tests could not fail. */
    @Test
    void ofALineWithoutASummaryGrowsWithIt() {
        Turn shortOne = line(SHORT);
        Turn longOne = line(LONG);

        assertThat(pagesOfLineage(longOne)).isGreaterThan(pagesOfLineage(shortOne) + LONG);
    }

    @Test
    void ofAForkBehindTheSummary() {
        Turn shortOne = fork(summed(line(SHORT)));
        Turn longOne = fork(summed(line(LONG)));

        assertCostsTheSame(pagesOfLineage(shortOne), pagesOfLineage(longOne));
    }

    /** Each turn before the summary has a thread of its own, and none of them is looked up. */
    @Test
    void ofALineThatForkedAtEachTurnBeforeTheSummary() {
        Turn shortOne = summed(forks(SHORT));
        Turn longOne = summed(forks(LONG / 2));

        assertCostsTheSame(pagesOfLineage(shortOne), pagesOfLineage(longOne));
    }

    @Test
    void ofASession() {
        StoreScene another = StoreScene.in(PROCESS.store());
        Turn shortOne = summedSession(scene, SHORT);
        Turn longOne = summedSession(another, LONG);

        assertCostsTheSame(pagesOfBefore(scene, shortOne), pagesOfBefore(another, longOne));
    }

    @Test
    void ofAConversation() {
        Conversation shortOne = scene.conversation(items(SHORT));
        Conversation longOne = scene.conversation(items(10 * LONG));
        for (Conversation conversation : List.of(shortOne, longOne)) {
            scene.compacted(new Origin.InConversation(conversation.id()), "All is well");
            scene.respondedIn(conversation);
        }

        assertCostsTheSame(pagesOfWindow(shortOne), pagesOfWindow(longOne));
        assertThat(pagesOfWindow(scene.conversation(items(10 * LONG)))).isGreaterThan(pagesOfWindow(shortOne) + A_FEW);
    }

    private static void assertCostsTheSame(long little, long much) {
        assertThat(little).isPositive();
        assertThat(much).isLessThanOrEqualTo(little + A_FEW);
    }

    private Turn line(int turns) {
        Turn last = scene.respondedFirst();
        for (int turn = 1; turn < turns; turn++) {
            last = scene.respondedAfter(last);
        }
        return last;
    }

    /** The turn behind a summary and two others. */
    private Turn summed(Turn last) {
        return scene.respondedAfter(scene.respondedAfter(scene.compactedAfter(last)));
    }

    private Turn fork(Turn last) {
        scene.respondedAfter(last);
        return scene.respondedAfter(last);
    }

    private Turn forks(int turns) {
        Turn last = scene.respondedFirst();
        for (int turn = 1; turn < turns; turn++) {
            last = fork(last);
        }
        return last;
    }

    private static Turn summedSession(StoreScene scene, int turns) {
        for (int turn = 0; turn < turns; turn++) {
            scene.completed();
        }
        scene.compacted(new Origin.InSession(scene.session().id()), "All is well");
        scene.completed();
        return scene.begun(TurnFixture.turn(scene.session().id()));
    }

    private static Item[] items(int count) {
        return Collections.nCopies(count, "How am I?").stream()
                .map(ItemFixture::said)
                .toArray(Item[]::new);
    }

    private long pagesOfLineage(Turn turn) {
        return pages(TurnRows.class, "lineage", Map.of("id", turn.id().value(), "count", "1000"), scene);
    }

    private static long pagesOfBefore(StoreScene scene, Turn turn) {
        String session = scene.session().id().value();
        return pages(
                TurnRows.class,
                "before",
                Map.of("sessionId", session, "id", turn.id().value(), "count", "1000"),
                scene);
    }

    private long pagesOfWindow(Conversation conversation) {
        return pages(
                ConversationRows.class,
                "nearest",
                Map.of("id", conversation.id().value(), "count", "20000"),
                scene);
    }

    private static long pages(Class<?> repository, String query, Map<String, String> values, StoreScene scene) {
        String sql = PARAMETER
                .matcher(sql(repository, query))
                .replaceAll(parameter -> value(parameter, values, scene.owner().id()));
        try (Connection connection = PROCESS.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze");
            try (ResultSet plan = statement.executeQuery("explain (analyze, buffers, format json) " + sql)) {
                plan.next();
                // the first two are those of the whole statement, once it is planned
                return PAGES.matcher(plan.getString(1))
                        .results()
                        .limit(2)
                        .mapToLong(pages -> Long.parseLong(pages.group(1)))
                        .sum();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String value(MatchResult parameter, Map<String, String> values, String owner) {
        return switch (parameter.group(1)) {
            case "owner" -> "'" + owner + "'";
            case "count" -> requireNonNull(values.get("count"));
            case "turnId" -> "null";
            case String name -> "'" + values.get(name) + "'";
        };
    }

    private static String sql(Class<?> repository, String query) {
        return Stream.of(repository.getDeclaredMethods())
                .filter(method -> method.getName().equals(query))
                .map(WindowCostTest::sql)
                .findFirst()
                .orElseThrow();
    }

    private static String sql(Method method) {
        return requireNonNull(method.getAnnotation(Query.class)).value();
    }
}
