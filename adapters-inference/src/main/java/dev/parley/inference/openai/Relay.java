package dev.parley.inference.openai;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.inference.provider.ForwardedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * One request that is handed on, and its answer handed back as it comes: what has been read goes out when the next read
 * would wait. The head is told with the first of it, so that a provider that fails before can still be spoken of.
 */
final class Relay implements StreamingConnection.BeforeRead {

    private static final int BUFFER = 16 * 1024;

    private final Upstream upstream;
    private final ForwardedRequest forwarded;
    private final ChatProxy.Receiver receiver;
    private final byte[] buffer = new byte[BUFFER];

    /** What was read and not yet handed back stands between the two. */
    private int start;

    private int end;

    private int status;
    private String contentType = "application/octet-stream";
    private boolean begun;

    @Nullable
    private StreamingConnection connection;

    Relay(Upstream upstream, ForwardedRequest forwarded, ChatProxy.Receiver receiver) {
        this.upstream = upstream;
        this.forwarded = forwarded;
        this.receiver = receiver;
    }

    /** Blocks until the answer has been handed back; the connection is closed when the wish to end is made. */
    void run(Cancellation cancellation) throws AttemptFailed {
        HttpPost request = new HttpPost(upstream.transport().address(path()));
        request.setHeader(HttpHeaders.ACCEPT, "*/*");
        request.setEntity(new ByteArrayEntity(forwarded.body(), ContentType.APPLICATION_JSON));
        HttpClientContext context = HttpClientContext.create();
        Duration patience = upstream.settings().timeouts().firstToken();
        try (Cancellation.Registration _ = cancellation.onRequest(request::abort)) {
            ClassicHttpResponse response;
            try {
                response = upstream.transport().send(request, patience, context);
            } catch (IOException unanswered) {
                throw upstream.faults().beforeHead(unanswered, Transport.wasUsedBefore(context));
            }
            StreamingConnection used = Transport.connectionOf(context);
            connection = used;
            boolean readWhole = false;
            try {
                HttpEntity entity = upstream.requireAnswer(response, used, asked());
                status = response.getCode();
                if (entity != null) {
                    pass(entity, used);
                }
                begin();
                readWhole = true;
            } catch (IOException broken) {
                throw upstream.faults().afterHead(broken, begun);
            } finally {
                used.forget(this);
                if (!readWhole) {
                    Upstream.discard(request, response);
                }
            }
        }
    }

    @Override
    public void beforeRead() {
        handBack();
    }

    private void pass(HttpEntity entity, StreamingConnection used) throws IOException {
        if (entity.getContentType() != null) {
            contentType = entity.getContentType();
        }
        used.announceTo(this);
        InputStream content = entity.getContent(); // not to be closed: what is left of it would be read first
        int count = 0;
        while (count >= 0) {
            end += count;
            if (start == end || end == buffer.length) {
                handBack();
                start = 0;
                end = 0;
            }
            count = content.read(buffer, end, buffer.length - end);
        }
        handBack();
    }

    /** Also in the middle of a read, which goes on behind what was there. */
    private void handBack() {
        if (start < end) {
            begin();
            receiver.bytes(buffer, start, end - start);
            start = end;
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            receiver.head(status, contentType);
            if (connection != null) {
                connection.setSocketTimeout(
                        Transport.timeout(upstream.settings().timeouts().idle()));
            }
        }
    }

    private String path() {
        return switch (forwarded.endpoint()) {
            case CHAT_COMPLETIONS -> "/chat/completions";
            case EMBEDDINGS -> "/embeddings";
            case MODERATIONS -> "/moderations";
        };
    }

    private Asked asked() {
        return new Handed(
                forwarded.model(),
                switch (forwarded.endpoint()) {
                    case CHAT_COMPLETIONS -> "chat completions";
                    case EMBEDDINGS -> "embeddings";
                    case MODERATIONS -> "moderations";
                });
    }

    /** Nothing can be left out of what is not ours. */
    private record Handed(String model, String service) implements Asked {
        @Override
        public Map<String, String> optionalFields() {
            return Map.of();
        }
    }
}
