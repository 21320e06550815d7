package dev.parley.rest.json;

import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.body.MessageBodyWriter;
import jakarta.inject.Singleton;
import java.io.OutputStream;

/** Has the server write the bodies that are ours with our own mapper. */
@Singleton
@Produces(MediaType.APPLICATION_JSON)
final class WireBodyWriter implements MessageBodyWriter<WireBody> {

    private final WireJson json;

    WireBodyWriter(WireJson json) {
        this.json = json;
    }

    @Override
    public void writeTo(
            Argument<WireBody> type, MediaType mediaType, WireBody body, MutableHeaders headers, OutputStream out) {
        headers.set(HttpHeaders.CONTENT_TYPE, mediaType);
        json.write(body, out);
    }
}
