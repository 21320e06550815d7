package dev.parley.rest.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Slice;
import dev.parley.domain.Refusal;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlicesTest {

    @ParameterizedTest
    @CsvSource({",", "5,", ",-1", "5,-1"})
    void withoutALimitEverythingIsMeant(@Nullable String startIndex, @Nullable String limit) {
        assertThat(Slices.of(startIndex, limit)).isEqualTo(Slice.ALL);
    }

    @ParameterizedTest
    @CsvSource({",0,0,0", ",5,0,5", "0,5,0,5", "2,5,2,5", "2147483648,99999999999999999999,2147483647,2147483647"})
    void aLimitCutsAPartOut(@Nullable String startIndex, String limit, int start, int most) {
        assertThat(Slices.of(startIndex, limit)).isEqualTo(new Slice(start, OptionalInt.of(most)));
    }

    @ParameterizedTest
    @CsvSource({"-1,5,start_index", "-1,,start_index", "0,-2,limit", ",x,limit", "1.5,5,start_index", "'',5,start_index"
    })
    void otherThingsAreRefused(@Nullable String startIndex, @Nullable String limit, String field) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> Slices.of(startIndex, limit));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.field()).isEqualTo(Optional.of(field));
    }

    @Test
    void anEndlessNumberIsRefused() {
        assertThat(catchThrowableOfType(Refusal.class, () -> Slices.of(null, "9".repeat(100_000))))
                .hasMessage("limit must be a whole number");
    }
}
