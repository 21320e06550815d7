package dev.parley.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.persistence.testing.TestPostgres;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Responses in the background, of which the process is lost, and another on the same database takes over. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class TwoProcessesIT {

    private static final ScriptedModel MODEL = new ScriptedModel();
    private static final TestPostgres.Database DATABASE = TestPostgres.freshDatabase();
    private static final Installation INSTALLATION = new Installation(Map.of(
            "OPENAI_BASE_URL", MODEL.baseUri().toString(),
            "PARLEY_DATABASE_URL", DATABASE.jdbcUrl(),
            "PARLEY_DATABASE_USER", DATABASE.username(),
            "PARLEY_DATABASE_PASSWORD", DATABASE.password(),
            "PARLEY_REPLICA_HEARTBEAT", "500ms",
            "PARLEY_REPLICA_DEAD_AFTER", "3s",
            "PARLEY_TURNS_STOP_GRACE", "30m"));

    private final String gate = UUID.randomUUID().toString();

    @AfterEach
    void endWhatStillRuns() {
        MODEL.open(gate);
        INSTALLATION.killProcesses();
    }

    @AfterAll
    static void close() {
        INSTALLATION.close();
        MODEL.close();
    }

    @Test
    void aReaderComesToTheOtherProcessAndIsToldTheRestOnce() {
        ParleyProcess first = INSTALLATION.launch();
        URI at = first.awaitReady();
        URI other = INSTALLATION.launch().awaitReady();
        EventReader reader = EventReader.posting(at.resolve("/v1/responses"), inBackground(true));
        List<Json> before = reader.until("response.output_text.delta");

        first.kill();
        assertThat(reader.breaksOff()).isTrue();
        MODEL.open(gate);
        String id = before.getFirst().text("response", "id");
        long last = before.getLast().number("sequence_number");
        List<Json> after = EventReader.getting(
                        other.resolve("/v1/responses/%s?stream=true&starting_after=%d".formatted(id, last)))
                .rest();

        List<Json> all = Stream.concat(before.stream(), after.stream()).toList();
        assertThat(all.stream().map(event -> event.number("sequence_number")))
                .containsExactlyElementsOf(
                        IntStream.range(0, all.size()).mapToObj(Long::valueOf).toList());
        Json ended = after.getLast();
        assertThat(ended.text("type")).isEqualTo("response.completed");
        assertThat(EventReader.outputText(ended.at("response"))).isEqualTo("Once upon a time");
        assertThat(Http.json(Http.get(other.resolve("/v1/responses/" + id))).toString())
                .isEqualTo(ended.at("response").toString());
        assertThat(MODEL.requests(gate)).as("one was lost, one was answered").hasSize(2);
    }

    @Test
    void aProcessThatIsToEndWaitsForNoRunThatAnotherCanGoOnWith() {
        ParleyProcess first = INSTALLATION.launch();
        URI at = first.awaitReady();
        String id = Http.json(Http.post(at.resolve("/v1/responses"), inBackground(false)))
                .text("id");
        MODEL.awaitReached(gate);

        first.askToEnd();
        first.awaitExit();

        URI other = INSTALLATION.launch().awaitReady();
        MODEL.open(gate);
        List<Json> events = EventReader.getting(other.resolve("/v1/responses/%s?stream=true".formatted(id)))
                .rest();
        assertThat(events.getLast().text("type")).isEqualTo("response.completed");
        assertThat(EventReader.outputText(events.getLast().at("response"))).isEqualTo("Once upon a time");
    }

    private Map<String, Object> inBackground(boolean stream) {
        return Map.of("model", "scripted-model", "input", "#pause=" + gate, "background", true, "stream", stream);
    }
}
