package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {

    private static final Instant START = Instant.parse("2025-04-28T21:06:00.123456Z");

    @Test
    void endsLaterThanItStarts() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Period(START, START));
        assertThatIllegalArgumentException().isThrownBy(() -> new Period(START, START.minusNanos(1)));
    }

    @ParameterizedTest(name = "{0}: a clock at {1} gives {2}")
    @CsvSource({
        "the clock has gone on,   2025-04-28T21:06:01Z,           2025-04-28T21:06:01Z",
        "in whole microseconds,   2025-04-28T21:06:01.000000999Z, 2025-04-28T21:06:01Z",
        "by less than one,        2025-04-28T21:06:00.123456999Z, 2025-04-28T21:06:00.123457Z",
        "the clock stands still,  2025-04-28T21:06:00.123456Z,    2025-04-28T21:06:00.123457Z",
        "the clock has gone back, 2025-04-28T21:05:00Z,           2025-04-28T21:06:00.123457Z"
    })
    void endsByTheClockIfThatIsLater(String name, Instant clock, Instant end) {
        assertThat(Period.ending(START, clock)).as(name).isEqualTo(new Period(START, end));
    }

    @Test
    void aFloorThatIsFinerThanAMicrosecondIsPassedAllTheSame() {
        Instant floor = START.plusNanos(999);

        assertThat(Period.strictlyAfter(floor, floor)).isEqualTo(START.plusNanos(1_000));
    }
}
