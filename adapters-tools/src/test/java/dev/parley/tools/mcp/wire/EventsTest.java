package dev.parley.tools.mcp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a stream says of itself, beside its messages. */
class EventsTest {

    @Test
    void itSaysWhenToComeBack() throws IOException {
        Events events =
                events("id: 7\nretry: 1500\ndata: \n\nretry: soon\n\nretry: 99999999999\n\ndata: x\n\nretry: 20\n\n");

        assertThat(events.retry()).isEmpty();
        assertThat(events.next()).isEqualTo(new Events.Event("message", ""));
        assertThat(events.lastId()).contains("7");
        assertThat(events.retry()).contains(Duration.ofMillis(1500));
        assertThat(events.next()).isEqualTo(new Events.Event("message", "x"));
        assertThat(events.retry()).as("what is no time does not count").contains(Duration.ofMillis(1500));
        assertThat(events.next()).isNull();
        assertThat(events.retry()).contains(Duration.ofMillis(20));
    }

    private static Events events(String stream) {
        return new Events(new ByteArrayInputStream(stream.getBytes(UTF_8)), 1000);
    }
}
