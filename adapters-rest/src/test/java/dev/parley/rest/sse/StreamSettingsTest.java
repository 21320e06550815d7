package dev.parley.rest.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamSettingsTest {

    @Test
    void defaults() {
        assertThat(with(Map.of())).isEqualTo(new StreamSettings(Duration.ofSeconds(10), 32768, Duration.ofMinutes(2)));
    }

    @Test
    void keys() {
        assertThat(with(Map.of(
                        "parley.http.stream.heartbeat", "2s",
                        "parley.http.stream.max-pending", "5",
                        "parley.http.stream.stall-timeout", "3s")))
                .isEqualTo(new StreamSettings(Duration.ofSeconds(2), 5, Duration.ofSeconds(3)));
    }

    @Test
    void whatCanNotWorkIsRefusedByItsKey() {
        assertThatThrownBy(() -> new StreamSettings(Duration.ZERO, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("parley.http.stream.heartbeat");
        assertThatThrownBy(() -> new StreamSettings(Duration.ofSeconds(1), 0, Duration.ofSeconds(1)))
                .hasMessageContaining("parley.http.stream.max-pending");
    }

    private static StreamSettings with(Map<String, Object> properties) {
        try (ApplicationContext context = ApplicationContext.run(properties)) {
            return context.getBean(StreamSettings.class);
        }
    }
}
