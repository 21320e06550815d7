package dev.parley.application.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LullTest {

    @Test
    void eachPauseIsTwiceAsLongUpToHalfASecond() {
        Lull lull = new Lull();

        assertThat(Stream.generate(lull::next).limit(6))
                .extracting(pause -> pause.toMillis())
                .containsExactly(50L, 100L, 200L, 400L, 500L, 500L);
    }
}
