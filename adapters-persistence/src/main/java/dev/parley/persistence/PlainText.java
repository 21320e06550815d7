package dev.parley.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import io.micronaut.core.annotation.Nullable;

/** The data of runs, which is text as it is: any process can read it, whatever classes it has. */
final class PlainText implements Serializer {

    @Override
    public byte @Nullable [] serialize(@Nullable Object data) {
        return data == null ? null : data.toString().getBytes(UTF_8);
    }

    @Override
    public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] data) {
        return data == null ? null : type.cast(new String(data, UTF_8));
    }
}
