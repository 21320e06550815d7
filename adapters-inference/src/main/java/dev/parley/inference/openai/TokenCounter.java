package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.application.port.InferenceRequest;
import dev.parley.inference.provider.Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has an engine count where it can: only it knows the model's tokens and its template. Elsewhere it is estimated. */
final class TokenCounter {

    private static final Logger LOG = LoggerFactory.getLogger(TokenCounter.class);
    /** An engine that takes longer is busy, and an estimate does. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int LONGEST_REFUSAL = 4 * 1024;

    private final Upstream upstream;
    private final ChatRequestWriter writer;
    private final Duration patience;

    /** What stands before the engine may not let such requests through. */
    private final AtomicBoolean unknown = new AtomicBoolean();

    TokenCounter(Upstream upstream, ChatRequestWriter writer) {
        this(upstream, writer, PATIENCE);
    }

    /** @param patience how long one count may take, however many questions it takes */
    TokenCounter(Upstream upstream, ChatRequestWriter writer, Duration patience) {
        this.upstream = upstream;
        this.writer = writer;
        this.patience = patience;
    }

    long count(InferenceRequest request) {
        Profile.Counting counting = upstream.settings().profile().counting();
        boolean isAsked = counting != Profile.Counting.ESTIMATE
                && !unknown.get()
                && !request.model().isEmpty();
        if (isAsked) {
            try (Deadline deadline = new Deadline(patience)) {
                OptionalLong counted = switch (counting) {
                    case ESTIMATE -> OptionalLong.empty();
                    case TOKENIZE_MESSAGES -> askForMessages(request, deadline);
                    case TOKENIZE_TEXT -> askForText(request, deadline);
                };
                if (counted.isPresent()) {
                    return counted.getAsLong();
                }
            } catch (IOException unwell) {
                LOG.debug(
                        "provider {}: tokens are estimated", upstream.settings().name(), unwell);
            }
        }
        return TokenEstimate.of(request, writer.tools(request));
    }

    /** As vLLM does it: the template is put around the messages there. */
    private OptionalLong askForMessages(InferenceRequest request, Deadline deadline) throws IOException {
        return post(deadline, "/tokenize", writer.prompt(request), json -> {
            OptionalLong count = OptionalLong.empty();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isCount = json.currentName().equals("count");
                if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && isCount) {
                    count = OptionalLong.of(json.getLongValue());
                } else {
                    json.skipChildren();
                }
            }
            return count;
        });
    }

    /** As llama.cpp does it: one request makes the prompt, another one its tokens. */
    private OptionalLong askForText(InferenceRequest request, Deadline deadline) throws IOException {
        StringBuilder prompt = new StringBuilder();
        OptionalLong length = post(deadline, "/apply-template", writer.prompt(request), json -> {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isPrompt = json.currentName().equals("prompt");
                if (json.nextToken() == JsonToken.VALUE_STRING && isPrompt) {
                    prompt.append(json.getText());
                } else {
                    json.skipChildren();
                }
            }
            return prompt.isEmpty() ? OptionalLong.empty() : OptionalLong.of(prompt.length());
        });
        return length.isEmpty()
                ? length
                : post(deadline, "/tokenize", asContent(prompt.toString()), json -> {
                    OptionalLong count = OptionalLong.empty();
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        boolean isTokens = json.currentName().equals("tokens");
                        if (json.nextToken() == JsonToken.START_ARRAY && isTokens) {
                            long tokens = 0;
                            while (json.nextToken() != JsonToken.END_ARRAY) {
                                json.skipChildren();
                                tokens++;
                            }
                            count = OptionalLong.of(tokens);
                        } else {
                            json.skipChildren();
                        }
                    }
                    return count;
                });
    }

    /** Reads an object whose beginning has been read. */
    private interface Reading {
        OptionalLong from(JsonParser json) throws IOException;
    }

    /** Calls off what is asked when the time is up, also where an answer comes letter by letter. */
    private static final class Deadline implements AutoCloseable {

        private final AtomicReference<@Nullable HttpPost> asking = new AtomicReference<>(null);
        private final CompletableFuture<Void> end;
        private final Duration patience;

        Deadline(Duration patience) {
            this.patience = patience;
            end = new CompletableFuture<Void>().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
            var _ = end.thenRun(() -> callOff(asking.get()));
        }

        /** Holds for this request from now on. */
        void holdsFor(HttpPost request) {
            asking.set(request);
            if (end.isDone()) {
                callOff(request);
            }
        }

        private static void callOff(@Nullable HttpPost request) {
            if (request != null) {
                request.abort();
            }
        }

        @Override
        public void close() {
            end.cancel(false);
        }
    }

    private OptionalLong post(Deadline deadline, String path, byte[] body, Reading reading) throws IOException {
        HttpPost request = new HttpPost(upstream.transport().rootAddress(path));
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        deadline.holdsFor(request);
        ClassicHttpResponse response =
                upstream.transport().send(request, deadline.patience, HttpClientContext.create());
        boolean readWhole = false;
        try {
            int status = response.getCode();
            if (isUnknown(status, response)) {
                LOG.info(
                        "provider {}: does not count tokens (HTTP {}); they are estimated from now on",
                        upstream.settings().name(),
                        status);
                unknown.set(true);
            }
            if (status != 200 || response.getEntity() == null) {
                return OptionalLong.empty();
            }
            try (JsonParser json =
                    JsonCodec.FACTORY.createParser(response.getEntity().getContent())) {
                OptionalLong count =
                        json.nextToken() == JsonToken.START_OBJECT ? reading.from(json) : OptionalLong.empty();
                readWhole = json.nextToken() == null;
                return count;
            }
        } finally {
            if (readWhole) {
                response.close();
            } else {
                Upstream.discard(request, response);
            }
        }
    }

    /** An engine that has the path, and has not got the model, says so with the same status. */
    private static boolean isUnknown(int status, ClassicHttpResponse response) throws IOException {
        return switch (status) {
            case 405, 501 -> true;
            case 404 -> {
                byte[] said = response.getEntity() == null
                        ? new byte[0]
                        : response.getEntity().getContent().readNBytes(LONGEST_REFUSAL);
                yield !ErrorBody.of(said, 0, said.length).message().contains("model");
            }
            default -> false;
        };
    }

    private static byte[] asContent(String prompt) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(prompt.length() + 64);
        try (JsonGenerator out = JsonCodec.FACTORY.createGenerator(body)) {
            out.writeStartObject();
            out.writeStringField("content", prompt);
            out.writeBooleanField("add_special", true);
            out.writeBooleanField("parse_special", true);
            out.writeEndObject();
        }
        return body.toByteArray();
    }
}
