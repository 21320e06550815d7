package dev.parley.domain.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.turn.TurnFixture;
import dev.parley.domain.turn.TurnId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemIdTest {

    private static final TurnId TURN = TurnFixture.TURN;

    @Test
    void ofAnOutputTellsItsTurn() {
        ItemId id = ItemId.ofOutput("msg", TURN, 3, 17);

        assertThat(id).hasToString("msg_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0fo03n11");
        assertThat(id.turn()).hasValue(TURN);
    }

    @Test
    void ofAnInputTellsItsTurn() {
        ItemId id = ItemId.ofInput("fco", TURN, 300);

        assertThat(id).hasToString("fco_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0fi12c");
        assertThat(id.turn()).hasValue(TURN);
    }

    @Test
    void isAnotherAtEveryPlace() {
        Set<ItemId> ids = IntStream.range(0, 300)
                .boxed()
                .flatMap(step ->
                        Stream.of(0, 1, 255, 256, 300).map(ordinal -> ItemId.ofOutput("rs", TURN, step, ordinal)))
                .collect(Collectors.toSet());

        assertThat(ids).hasSize(1_500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_",
                "msg",
                "msg_",
                "msg_1",
                "0b2e6a522f4b4c1e9d3a5f6b7c8d9e0fi00",
                "msg_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0f",
                "msg_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0fi",
                "msg_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0fo01",
                "msg_0B2E6A522F4B4C1E9D3A5F6B7C8D9E0Fi00",
                "msg_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0gi00",
                "msg_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0f68af12",
                "msg_a_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0fi00"
            })
    void ofSomebodyElseTellsNoTurn(String foreign) {
        assertThat(new ItemId(foreign).turn()).isEmpty();
    }
}
