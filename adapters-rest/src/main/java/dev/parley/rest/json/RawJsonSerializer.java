package dev.parley.rest.json;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.Encoder;
import io.micronaut.serde.Serializer;
import io.micronaut.serde.exceptions.SerdeException;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Puts raw JSON into what {@link WireJson} writes; no other mapper has a place for it. */
@Singleton
final class RawJsonSerializer implements Serializer<RawJson> {

    @Override
    public void serialize(Encoder encoder, EncoderContext context, Argument<? extends RawJson> type, RawJson value)
            throws IOException {
        if (!(encoder instanceof WireEncoder wire)) {
            throw new SerdeException("raw JSON can only be written by WireJson");
        }
        wire.encodeRaw(value.text());
    }
}
