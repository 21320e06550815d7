package dev.parley.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.SerdeRegistry;
import io.micronaut.serde.Serializer;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes wire records, always in the same way: what an application sets for its JSON does not reach the wire. */
@Singleton
public final class WireJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Serializer.EncoderContext context;

    public WireJson(SerdeRegistry registry) {
        this.context = registry.newEncoderContext(Object.class);
    }

    /** The record as JSON on one line, in UTF-8. */
    public byte[] bytes(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        write(value, out);
        return out.toByteArray();
    }

    /** Writes the record as JSON on one line, in UTF-8, and leaves the stream open. */
    public void write(Object value, OutputStream out) {
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            serialize(value, new WireEncoder(generator));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @SuppressWarnings("unchecked") // a value is of its own class
    private <T> void serialize(T value, WireEncoder encoder) throws IOException {
        Argument<T> type = Argument.of((Class<T>) value.getClass());
        context.findSerializer(type).createSpecific(context, type).serialize(encoder, context, type, value);
    }
}
