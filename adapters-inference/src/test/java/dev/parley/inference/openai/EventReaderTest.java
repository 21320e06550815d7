package dev.parley.inference.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final String STREAM = """
        : comment

        data: {"a":1}

        event: message
        id: 7
        data:{"b":"ü🦜"}
        data:
        data:   {"c":3}

        retry: 10
        error: {"code":500}

        {"error":"bare"}
        nonsense
        data: [DONE]

        data: {"ghost":1}
        """;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void isReadAlikeHoweverItIsCutUp(String lineEnd) throws IOException {
        byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            assertThat(payloads(new EventReader(new InPieces(bytes, size))))
                    .as("in pieces of %d bytes", size)
                    .containsExactly(
                            "{\"a\":1}",
                            "{\"b\":\"ü🦜\"}",
                            "{\"c\":3}",
                            "error! {\"code\":500}",
                            "{\"error\":\"bare\"}");
        }
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertThat(payloads(reader("\uFEFFdata: {}\n\n"))).containsExactly("{}");
        assertThat(payloads(reader("\n\uFEFFdata: {}\n\n"))).isEmpty();
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertThat(payloads(reader("data: {}\n\ndata: {\"a\":1}"))).containsExactly("{}", "{\"a\":1}");
        assertThat(payloads(reader(""))).isEmpty();
    }

    @Test
    void aLineMayBeAsLongAsTheLimitAndNoLonger() throws IOException {
        String longest = "data: " + "x".repeat(10_000 - "data: \n".length()) + "\n";

        assertThat(payloads(new EventReader(new InPieces(longest.getBytes(UTF_8), 999), 10_000)))
                .hasSize(1);
        assertThatThrownBy(() ->
                        payloads(new EventReader(new InPieces(("data: y" + longest).getBytes(UTF_8), 999), 10_000)))
                .isInstanceOf(EventReader.LineTooLong.class)
                .hasMessageContaining("10000 bytes");
    }

    private static EventReader reader(String text) {
        return new EventReader(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static List<String> payloads(EventReader reader) throws IOException {
        List<String> payloads = new ArrayList<>();
        while (reader.next()) {
            String payload = new String(reader.buffer(), reader.start(), reader.end() - reader.start(), UTF_8);
            payloads.add(reader.isError() ? "error! " + payload : payload);
        }
        return payloads;
    }

    /** Gives no more than a few bytes at once. */
    private static final class InPieces extends InputStream {
        private final InputStream bytes;
        private final int size;

        InPieces(byte[] bytes, int size) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return bytes.read(into, offset, Math.min(size, length));
        }
    }
}
