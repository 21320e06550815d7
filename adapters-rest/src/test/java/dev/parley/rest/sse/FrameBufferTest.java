package dev.parley.rest.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBufferTest {

    private static final JsonFactory JSON = new JsonFactory();

    @ParameterizedTest(name = "[{index}]")
    @ValueSource(
            strings = {
                "",
                "plain",
                "quotes \" and \\ and /",
                "lines\nreturns\rtabs\tand \b\f\u0000\u001f\u007f",
                "é ß ж 中 \u07ff\u0800\uffff",
                "\uD83D\uDE00 and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
                "\u2028\u2029"
            })
    void everyStringComesBackAsItWas(String text) throws IOException {
        assertThat(readBack(text)).isEqualTo(text);
    }

    @Test
    void anyMixtureOfCharactersComesBackOnOneLine() throws IOException {
        var random = new Random(42);
        for (int round = 0; round < 2000; round++) {
            String text = IntStream.range(0, random.nextInt(300))
                    .map(_ -> random.nextBoolean() ? random.nextInt(0x80) : anyCharacter(random))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(readBack(text)).isEqualTo(text);
        }
    }

    private static int anyCharacter(Random random) {
        int character = random.nextInt(Character.MAX_CODE_POINT + 1);
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE ? 'x' : character;
    }

    @ParameterizedTest(name = "[{index}]")
    @ValueSource(strings = {"\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D"})
    void halfACharacterIsReplaced(String text) throws IOException {
        assertThat(readBack(text)).isEqualTo(text.replaceAll("[\\uD800-\\uDFFF]", "\uFFFD"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 10, 99, 100, 12_345, Long.MAX_VALUE})
    void numbersAreWrittenInTheirDigits(long number) {
        var buffer = new FrameBuffer();
        buffer.number(number).number(5);
        assertThat(taken(buffer)).isEqualTo(number + "5");
    }

    @Test
    void jsonGoesOutAsItIs() {
        String json = "{\"a\":\"\\n \\\" é 中 \uD83D\uDE00\"}".repeat(100);
        var buffer = new FrameBuffer();
        buffer.json(json).json("\"\uD83D\"");
        assertThat(taken(buffer)).isEqualTo(json + "\"\uFFFD\"");
    }

    @Test
    void framesFollowEachOther() {
        var buffer = new FrameBuffer();
        buffer.begin().raw(bytes("{\"n\":")).string("x").raw(bytes("}")).end();
        buffer.begin().string("y").end();
        assertThat(taken(buffer)).isEqualTo("data: {\"n\":\"x\"}\n\ndata: \"y\"\n\n");
    }

    @Test
    void whatWasTakenIsGone() {
        var buffer = new FrameBuffer();
        buffer.begin().string("one").end();
        ByteBuf first = buffer.take();
        buffer.begin().string("two").end();
        assertThat(first.toString(UTF_8)).isEqualTo("data: \"one\"\n\n");
        assertThat(taken(buffer)).isEqualTo("data: \"two\"\n\n");
        assertThat(buffer.size()).isZero();
    }

    @Test
    void anUnfinishedFrameCanBeForgotten() {
        var buffer = new FrameBuffer();
        buffer.begin().string("whole").end();
        int whole = buffer.size();
        buffer.begin().string("x".repeat(5000));
        buffer.backTo(whole);
        assertThat(taken(buffer)).isEqualTo("data: \"whole\"\n\n");
    }

    private static String readBack(String text) throws IOException {
        var buffer = new FrameBuffer();
        buffer.string(text);
        String json = taken(buffer);
        assertThat(json).doesNotContain("\n", "\r");
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    private static String taken(FrameBuffer buffer) {
        return buffer.take().toString(UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
