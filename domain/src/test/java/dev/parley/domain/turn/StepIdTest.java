package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepIdTest {

    private static final TurnId TURN = new TurnId("0b2e6a52-2f4b-4c1e-9d3a-5f6b7c8d9e0f");

    /** Clients keep step ids, so a new way to make them would orphan what they kept. */
    @Test
    void areTheSameForEver() {
        assertThat(StepId.of(TURN, 0).value()).isEqualTo("b5794986-f39b-4878-bc10-8ed88e27ca80");
        assertThat(StepId.of(TURN, 1).value()).isEqualTo("2e34d8ca-93bb-4e01-af7f-85543f38a486");
    }

    @Test
    void lookLikeRandomUuids() {
        assertThat(IntStream.range(0, 1_000).mapToObj(index -> StepId.of(TURN, index)))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> {
                    UUID uuid = UUID.fromString(id.value());
                    assertThat(uuid.version()).isEqualTo(4);
                    assertThat(uuid.variant()).isEqualTo(2);
                    assertThat(id).hasToString(uuid.toString());
                });
    }

    @Test
    void differFromTurnToTurn() {
        assertThat(StepId.of(TURN, 0)).isNotEqualTo(StepId.of(new TurnId("another"), 0));
    }
}
