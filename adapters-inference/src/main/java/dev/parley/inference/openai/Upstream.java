package dev.parley.inference.openai;

import dev.parley.inference.provider.ProviderSettings;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A provider's server: how it is reached, and what its refusals mean. */
final class Upstream implements AutoCloseable {

    /** The words of an error come with it or not at all. */
    private static final Duration ERROR_PATIENCE = Duration.ofSeconds(5);

    private static final String STREAM = "a stream of events";
    private static final int LONGEST_ERROR = 64 * 1024;

    private final ProviderSettings.OpenAiCompatible settings;
    private final Transport transport;
    private final ErrorClassifier classifier;
    private final Faults faults;
    private final InstantSource clock;

    Upstream(ProviderSettings.OpenAiCompatible settings, InstantSource clock) {
        this.settings = settings;
        this.transport = new Transport(settings);
        this.classifier = new ErrorClassifier(settings);
        this.faults = new Faults(settings);
        this.clock = clock;
    }

    ProviderSettings.OpenAiCompatible settings() {
        return settings;
    }

    Transport transport() {
        return transport;
    }

    ErrorClassifier classifier() {
        return classifier;
    }

    Faults faults() {
        return faults;
    }

    /** The body of a response that is a stream of events, as far as its head tells. */
    HttpEntity requireStream(ClassicHttpResponse response, StreamingConnection connection, Asked request)
            throws AttemptFailed {
        requireSuccess(response, connection, request);
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            throw classifier.notAnAnswer("nothing", STREAM);
        }
        String type = typeOf(entity);
        if (type.startsWith("text/html")) {
            throw classifier.notAnAnswer("a web page", STREAM);
        }
        if (type.startsWith("application/json")) {
            ErrorBody error = errorOf(entity, connection);
            throw error.equals(ErrorBody.NONE)
                    ? classifier.notAnAnswer("a single JSON document", STREAM)
                    : classifier.inStream(error, request);
        }
        return entity;
    }

    /** The body of a response that is whatever was asked for, as far as its head tells; null when it has none. */
    @Nullable
    HttpEntity requireAnswer(ClassicHttpResponse response, StreamingConnection connection, Asked request)
            throws AttemptFailed {
        requireSuccess(response, connection, request);
        HttpEntity entity = response.getEntity();
        if (entity != null && typeOf(entity).startsWith("text/html")) {
            throw classifier.notAnAnswer("a web page", request.service());
        }
        return entity;
    }

    private static String typeOf(HttpEntity entity) {
        return entity.getContentType() == null
                ? ""
                : entity.getContentType().toLowerCase(Locale.ROOT).strip();
    }

    /** @throws AttemptFailed when the status is no success, with what the body says of it */
    private void requireSuccess(ClassicHttpResponse response, StreamingConnection connection, Asked request)
            throws AttemptFailed {
        int status = response.getCode();
        if (status < 200 || status >= 300) {
            throw classifier.ofStatus(
                    status,
                    errorOf(response.getEntity(), connection),
                    new AttemptFailed.Remedy.Waiting(RetryAfter.of(response, clock)),
                    request);
        }
    }

    /** Closes a connection in the middle of a response. Abort comes first: merely closed, the body would be read on. */
    static void discard(HttpUriRequestBase request, ClassicHttpResponse response) {
        request.abort();
        try {
            response.close();
        } catch (IOException _) {
            // it is closed, which was the point
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    private static ErrorBody errorOf(@Nullable HttpEntity entity, StreamingConnection connection) {
        if (entity == null) {
            return ErrorBody.NONE;
        }
        connection.setSocketTimeout(Transport.timeout(ERROR_PATIENCE));
        byte[] bytes = new byte[LONGEST_ERROR];
        int count = 0;
        try {
            InputStream content = entity.getContent();
            while (count < bytes.length) {
                int read = content.read(bytes, count, bytes.length - count);
                if (read < 0) {
                    break;
                }
                count += read;
            }
        } catch (IOException _) {
            // what was read so far is all there is to know; the status says the rest
        }
        return ErrorBody.of(bytes, 0, count);
    }
}
