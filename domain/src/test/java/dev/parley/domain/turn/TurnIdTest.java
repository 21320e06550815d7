package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnIdTest {

    @Test
    void hasTheSameDigitsInHex() {
        assertThat(TurnFixture.TURN.hex()).isEqualTo("0b2e6a522f4b4c1e9d3a5f6b7c8d9e0f");
        assertThat(TurnId.ofHex(TurnFixture.TURN.hex())).hasValue(TurnFixture.TURN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0b2e6a522f4b4c1e9d3a5f6b7c8d9e0",
                "0b2e6a522f4b4c1e9d3a5f6b7c8d9e0f0",
                "0B2E6A522F4B4C1E9D3A5F6B7C8D9E0F",
                "0b2e6a522f4b4c1e9d3a5f6b7c8d9e0g",
                "0b2e6a52-2f4b-4c1e-9d3a-5f6b7c8d9",
                "٠b2e6a522f4b4c1e9d3a5f6b7c8d9e0f"
            })
    void isNotMadeOfAnythingElse(String text) {
        assertThat(TurnId.ofHex(text)).isEmpty();
    }
}
