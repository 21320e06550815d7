package dev.parley.inference.openai;

import dev.parley.application.port.InferenceRequest;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;

/** The bytes of a request for an answer, sent from where they were written. */
final class RequestBody extends ByteArrayOutputStream implements Asked {

    static final String LOGPROBS = "logprobs";

    private static final int USUAL_SIZE = 4096;
    private static final byte[] NOTHING = {};

    private final InferenceRequest request;
    private final Map<String, String> optionalFields = new HashMap<>();

    RequestBody(InferenceRequest request) {
        super(USUAL_SIZE);
        this.request = request;
    }

    @Override
    public String model() {
        return request.model();
    }

    /** Whether the answer may have one call at most. */
    boolean onlyOneCall() {
        return request.options().parallelToolCalls().equals(Optional.of(false));
    }

    /** Whether the answer comes with its tokens and their probabilities. */
    boolean isScored() {
        return optionalFields.containsKey(LOGPROBS);
    }

    /** Notes a field that was written and that the request can do without. */
    void noteOptional(String field, String omission) {
        optionalFields.put(field, omission);
    }

    @Override
    public String service() {
        return "chat completions";
    }

    @Override
    public Map<String, String> optionalFields() {
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
