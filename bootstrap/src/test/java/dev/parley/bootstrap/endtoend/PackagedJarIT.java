package dev.parley.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the packaged jar starts, ends, is killed and starts again. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class PackagedJarIT {

    private static final Pattern LOG_LINE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ (INFO |WARN |ERROR) \\S+ .+");
    private static final Pattern OWN_LINE = Pattern.compile(" INFO +(d\\.p\\.|dev\\.parley\\.)");
    private static final Pattern STOPPING = Pattern.compile("Stopping: ");
    private static final Pattern MAKING_DATABASE = Pattern.compile("making a new database");
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    private static final ScriptedModel MODEL = new ScriptedModel();
    /** One for all tests, since making a database takes longer than any of them. */
    private static final Installation INSTALLATION =
            new Installation(Map.of("OPENAI_BASE_URL", MODEL.baseUri().toString()));

    @AfterEach
    void endWhatStillRuns() {
        INSTALLATION.killProcesses();
    }

    @AfterAll
    static void close() {
        INSTALLATION.close();
        MODEL.close();
    }

    @Test
    void needsNothingButItsJarAndSaysOnlyLogLines() {
        ParleyProcess parley = INSTALLATION.launch();
        Conversation conversation = Conversation.begin(parley.awaitReady());

        assertThat(conversation.ask("hello")).isEqualTo("You said: hello");

        parley.askToEnd();
        assertThat(parley.awaitExit()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(parley.errorLines()).isEmpty();
        assertThat(parley.outputLines()).allMatch(line -> LOG_LINE.matcher(line).matches());
        assertThat(parley.outputLines()).noneMatch(line -> line.contains("ERROR") || line.contains("WARN"));
        assertThat(parley.outputLines()).allMatch(line -> OWN_LINE.matcher(line).find());
    }

    @Test
    void servesItsFirstTurnSoonAfterAStartOnDataThatIsThere() {
        ParleyProcess first = INSTALLATION.launch();
        Conversation conversation = Conversation.begin(first.awaitReady());
        first.askToEnd();
        first.awaitExit();

        long begun = System.nanoTime();
        ParleyProcess second = INSTALLATION.launch();
        URI uri = second.awaitReady();
        long ready = System.nanoTime();
        assertThat(conversation.at(uri).ask("hello")).isEqualTo("You said: hello");
        long served = System.nanoTime();

        System.out.printf(
                "Start on existing data: listening after %d ms, first turn served after %d ms%n",
                (ready - begun) / 1_000_000, (served - begun) / 1_000_000);
        // Loose, since other work on the machine slows it down; how fast it has to be is measured elsewhere.
        assertThat(Duration.ofNanos(served - begun)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void letsARunningTurnEndWhenItIsAskedToEnd() {
        ParleyProcess parley = INSTALLATION.launch();
        Conversation conversation = Conversation.begin(parley.awaitReady());
        Conversation other = Conversation.begin(conversation.server());
        Telling telling = conversation.tell("#pause=grace");
        assertThat(telling.awaitText()).isEqualTo("Once ");

        parley.askToEnd();
        parley.awaitLine(STOPPING);
        HttpResponse<String> refused = other.post("hello");
        MODEL.open("grace");
        List<Json> rest = telling.rest();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("stopping");
        assertThat(rest.getLast().text("event", "payload", "event_type")).isEqualTo("turn_complete");
        assertThat(parley.awaitExit()).isEqualTo(ENDED_BY_SIGTERM);

        Conversation after = conversation.at(INSTALLATION.launch().awaitReady());
        assertThat(after.turns()).hasSize(1);
        assertThat(after.turns().getFirst().text("output_message", "content")).isEqualTo("Once upon a time");
        assertThat(other.at(after.server()).turns()).isEmpty();
    }

    @Test
    void marksATurnThatOutlastsTheGrace() {
        ParleyProcess parley = INSTALLATION.launchWith(Map.of("PARLEY_TURNS_STOP_GRACE", "300ms"));
        Conversation conversation = Conversation.begin(parley.awaitReady());
        Telling telling = conversation.tell("#pause=never");
        assertThat(telling.awaitText()).isEqualTo("Once ");

        parley.askToEnd();
        List<Json> rest = telling.rest();

        assertThat(rest.getLast().text("error", "message")).startsWith("503: ");
        assertThat(parley.awaitExit()).isEqualTo(ENDED_BY_SIGTERM);

        Conversation after = conversation.at(INSTALLATION.launch().awaitReady());
        assertThat(after.turns()).hasSize(1);
        assertThat(after.turns().getFirst().isNull("completed_at")).isFalse();
        assertThat(after.ask("go on")).isEqualTo("You said: go on");
    }

    @Test
    void marksTheTurnsOfAKilledProcessBeforeItListensAgain() {
        ParleyProcess parley = INSTALLATION.launch();
        Conversation conversation = Conversation.begin(parley.awaitReady());
        conversation.ask("earlier");
        String text = "#pause=" + UUID.randomUUID();
        Telling telling = conversation.tell(text);
        assertThat(telling.awaitText()).isEqualTo("Once ");

        parley.kill();
        assertThat(telling.breaksOff()).isTrue();
        Conversation after = conversation.at(INSTALLATION.launch().awaitReady());

        assertThat(after.turns()).hasSize(2);
        assertThat(after.turns().getFirst().items("steps")).hasSize(1);
        assertThat(after.turns().getLast().isNull("completed_at")).isFalse();
        long begun = System.nanoTime();
        assertThat(after.ask("go on")).isEqualTo("You said: go on");
        // A session that were still taken would make the turn wait.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(MODEL.requests(text))
                .as("nobody runs a turn again that was killed")
                .hasSize(1);
    }

    @Test
    void leavesNoDatabaseBehindWhenItIsAskedToEndWhileItStarts() {
        try (Installation fresh = new Installation(Map.of())) {
            ParleyProcess parley = fresh.launch();
            // Making a database takes longer than anything that the process may still do before it hears the signal.
            parley.awaitLine(MAKING_DATABASE);

            parley.askToEnd();

            assertThat(parley.awaitExit()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(parley.outputLines()).noneMatch(line -> line.contains("ERROR") || line.contains("listens on"));
            assertThat(fresh.data().resolve("postgresql/PG_VERSION")).exists();
            assertThat(fresh.data().resolve("postgresql/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void refusesADataFolderThatAnotherProcessUses() {
        ParleyProcess first = INSTALLATION.launch();
        Conversation conversation = Conversation.begin(first.awaitReady());

        ParleyProcess second = INSTALLATION.launch();

        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.outputLines())
                .anyMatch(line -> line.contains("ERROR")
                        && line.contains("Another Parley is running on the data folder " + INSTALLATION.data()));
        assertThat(second.errorLines()).isEmpty();
        assertThat(conversation.ask("hello")).isEqualTo("You said: hello");
    }

    @Test
    void refusesAKeyThatItDoesNotKnow() {
        ParleyProcess argument = INSTALLATION.launch("--parley.prot=1");
        ParleyProcess variable = INSTALLATION.launchWith(Map.of("PARLEY_TRUNS_BUSY_WAIT", "1s"));

        assertThat(argument.awaitExit()).isEqualTo(1);
        assertThat(argument.outputLines())
                .anyMatch(line -> line.contains("can't start") && line.contains("parley.prot"));
        assertThat(variable.awaitExit()).isEqualTo(1);
        assertThat(variable.outputLines())
                .anyMatch(line -> line.contains("can't start") && line.contains("PARLEY_TRUNS_BUSY_WAIT"));
    }
}
