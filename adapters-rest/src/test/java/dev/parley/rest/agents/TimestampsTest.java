package dev.parley.rest.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2025-04-28T21:06:00.123456Z, 2025-04-28T21:06:00.123456Z",
        "2025-04-28T21:06:00.123Z, 2025-04-28T21:06:00.123000Z",
        "2025-04-28T21:06:00.000001Z, 2025-04-28T21:06:00.000001Z",
        "2025-04-28T21:06:00Z, 2025-04-28T21:06:00Z",
        "2025-04-28T21:06:00.000000999Z, 2025-04-28T21:06:00Z",
        "2025-12-31T23:59:59.999999999Z, 2025-12-31T23:59:59.999999Z",
        "2024-02-29T00:00:00.5Z, 2024-02-29T00:00:00.500000Z",
        "1969-12-31T23:59:59.9Z, 1969-12-31T23:59:59.900000Z",
        "0999-01-02T03:04:05Z, 0999-01-02T03:04:05Z"
    })
    void instantsAreWrittenInMicroseconds(String instant, String text) {
        assertThat(Timestamps.text(Instant.parse(instant))).isEqualTo(text);
    }
}
