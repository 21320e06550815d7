package dev.parley.inference.openai;

import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;

/** The bytes of a request for an answer, sent from where they were written. */
final class RequestBody extends ByteArrayOutputStream {

    private static final int USUAL_SIZE = 4096;
    private static final byte[] NOTHING = {};

    private final String model;
    private final Set<String> optionalFields = new HashSet<>();

    RequestBody(String model) {
        super(USUAL_SIZE);
        this.model = model;
    }

    /** The model that is asked. */
    String model() {
        return model;
    }

    /** The fields in it that a request can do without, should the provider not know one. */
    Set<String> optionalFields() {
        return optionalFields;
    }

    /** What was written so far, to be sent once or again until it is {@link #forget forgotten}. Not to be written to meanwhile. */
    HttpEntity entity() {
        return new EntityTemplate(count, ContentType.APPLICATION_JSON, null, this::writeTo);
    }

    /**
     * Lets go of the bytes: they have arrived. The client keeps its request, and so the entity, for as long as the answer
     * streams, which thousands may do at once, each after a long conversation.
     */
    void forget() {
        buf = NOTHING;
        count = 0;
    }
}
