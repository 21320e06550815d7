package dev.parley.rest.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.Encoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Serde's way to a generator, with a way around it for raw JSON, which Serde's own encoder does not have. */
final class WireEncoder implements Encoder {

    private final JsonGenerator generator;

    WireEncoder(JsonGenerator generator) {
        this.generator = generator;
    }

    void encodeRaw(String json) throws IOException {
        generator.writeRawValue(encodable(json));
    }

    @Override
    public Encoder encodeArray(Argument<?> type) throws IOException {
        generator.writeStartArray();
        return this;
    }

    @Override
    public Encoder encodeObject(Argument<?> type) throws IOException {
        generator.writeStartObject();
        return this;
    }

    @Override
    public void finishStructure() throws IOException {
        if (generator.getOutputContext().inArray()) {
            generator.writeEndArray();
        } else {
            generator.writeEndObject();
        }
    }

    @Override
    public void encodeKey(String key) throws IOException {
        generator.writeFieldName(key);
    }

    @Override
    public void encodeString(String value) throws IOException {
        generator.writeString(encodable(value));
    }

    @Override
    public void encodeBoolean(boolean value) throws IOException {
        generator.writeBoolean(value);
    }

    @Override
    public void encodeByte(byte value) throws IOException {
        generator.writeNumber(value);
    }

    @Override
    public void encodeShort(short value) throws IOException {
        generator.writeNumber(value);
    }

    @Override
    public void encodeChar(char value) throws IOException {
        generator.writeString(String.valueOf(value));
    }

    @Override
    public void encodeInt(int value) throws IOException {
        generator.writeNumber(value);
    }

    @Override
    public void encodeLong(long value) throws IOException {
        generator.writeNumber(value);
    }

    @Override
    public void encodeFloat(float value) throws IOException {
        generator.writeNumber(value);
    }

    @Override
    public void encodeDouble(double value) throws IOException {
        generator.writeNumber(value);
    }

    @Override
    public void encodeBigInteger(BigInteger value) throws IOException {
        generator.writeNumber(value);
    }

    @Override
    public void encodeBigDecimal(BigDecimal value) throws IOException {
        generator.writeNumber(value);
    }

    @Override
    public void encodeNull() throws IOException {
        generator.writeNull();
    }

    /** A model may break a surrogate pair apart; half of one must not break the whole answer. */
    private static String encodable(String text) {
        return UTF_8.newEncoder().canEncode(text) ? text : new String(text.getBytes(UTF_8), UTF_8);
    }
}
