package dev.parley.persistence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.domain.message.Message;
import dev.parley.domain.turn.TurnState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyCodecTest {

    private final BodyCodec codec = new BodyCodec();

    @Test
    void aVersionThatIsNotKnownIsNamed() {
        String body = codec.write(new TurnState.Running());

        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> codec.readTurnState(BodyCodec.VERSION + 1, body))
                .withMessageContaining("written in version 2")
                .withMessageContaining("reads version 1");
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> codec.readSteps("[{\"version\":7,\"step\":{\"type\":\"of the future\"}}]"))
                .withMessageContaining("written in version 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"type\":\"paused\"}", "{\"type\":\"failed\"}", "{\"type\":"})
    void whatThisParleyDoesNotWriteIsUnreadable(String body) {
        assertThatExceptionOfType(Unreadable.class).isThrownBy(() -> codec.readTurnState(BodyCodec.VERSION, body));
    }

    @ParameterizedTest
    @CsvSource({
        "'a\0b', 'a\uFFFDb'",
        "'\0\0', '\uFFFD\uFFFD'",
        "'\\\0', '\\\uFFFD'",
        "'\\u0000\0', '\\u0000\uFFFD'",
        "'\uD83Dx', '\uFFFDx'",
        "'\uDC4Dx', '\uFFFDx'",
        "'\uD83D\uD83D\uDC4D', '\uFFFD\uD83D\uDC4D'",
        "'\\uD83D\uDC4D', '\\uD83D\uFFFD'",
        "'\uD83D\uDC4D\u0001', '\uD83D\uDC4D\u0001'"
    })
    void whatTheDatabaseDoesNotTakeIsStoredAsTheReplacementCharacter(String text, String stored) {
        String body = codec.write(new TurnState.Completed(Message.Assistant.of(text)));

        assertThat(codec.readTurnState(BodyCodec.VERSION, body))
                .isEqualTo(new TurnState.Completed(Message.Assistant.of(stored)));
    }
}
