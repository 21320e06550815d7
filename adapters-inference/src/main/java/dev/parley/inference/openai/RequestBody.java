package dev.parley.inference.openai;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** The bytes of a request, sent from where they were written. */
final class RequestBody extends ByteArrayOutputStream {

    private static final int USUAL_SIZE = 4096;

    RequestBody() {
        super(USUAL_SIZE);
    }

    /** What was written so far, to be sent once or again. Not to be written to meanwhile. */
    HttpEntity entity() {
        return new ByteArrayEntity(buf, 0, count, ContentType.APPLICATION_JSON);
    }

    @Override
    public synchronized String toString() {
        return toString(StandardCharsets.UTF_8);
    }
}
