package dev.parley.inference.openai;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.turn.Delta;
import dev.parley.inference.provider.CallIds;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, on the thread that wants it. What has been read is told when the next read would wait; a
 * connection of which not all was read is closed, never used again.
 */
final class Exchange implements StreamingConnection.BeforeRead {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** After the model has finished, only the usage is to come. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** After the provider has said that it is done, only the end of the body is to come, which nobody waits for. */
    private static final Duration CLOSING_WORDS = Duration.ofMillis(50);

    private enum Phase {
        WAITING,
        STREAMING,
        FINISHED
    }

    private final Upstream upstream;
    private final RequestBody asked;
    private final Inference.Progress progress;
    private final AnswerAssembler assembler;

    @Nullable
    private StreamingConnection connection;

    private Phase phase = Phase.WAITING;
    private long firstTokenDeadline;
    private boolean untold;

    Exchange(Upstream upstream, RequestBody asked, CallIds ids, Inference.Progress progress) {
        this.upstream = upstream;
        this.asked = asked;
        this.progress = progress;
        this.assembler =
                new AnswerAssembler(upstream.settings().profile().thinkTags(), ids, asked.onlyOneCall(), this::tell);
    }

    /** Blocks until the answer is whole; the connection is closed when the wish to end is made. */
    Inference.Answer run(Cancellation cancellation) throws AttemptFailed {
        HttpPost request = new HttpPost(upstream.transport().address("/chat/completions"));
        request.setHeader(HttpHeaders.ACCEPT, "text/event-stream");
        request.setEntity(asked.entity());
        HttpClientContext context = HttpClientContext.create();
        Duration patience = upstream.settings().timeouts().firstToken();
        firstTokenDeadline = System.nanoTime() + patience.toNanos();
        try (Cancellation.Registration _ = cancellation.onRequest(request::abort)) {
            ClassicHttpResponse response;
            try {
                response = upstream.transport().send(request, patience, context);
            } catch (IOException unanswered) {
                throw upstream.faults().beforeHead(unanswered, Transport.wasUsedBefore(context));
            }
            asked.forget();
            StreamingConnection used = Transport.connectionOf(context);
            connection = used;
            boolean readWhole = false;
            try {
                Inference.Answer answer = read(response, used);
                readWhole = reachesEnd(response, used);
                return answer;
            } catch (IOException broken) {
                throw upstream.faults().afterHead(broken, phase != Phase.WAITING);
            } finally {
                used.forget(this);
                if (!readWhole) {
                    Upstream.discard(request, response);
                }
            }
        }
    }

    @Override
    public void beforeRead() throws IOException {
        if (untold) {
            untold = false;
            progress.flush();
        }
        if (phase == Phase.WAITING) {
            long left = firstTokenDeadline - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("no token in time");
            }
            allow(Duration.ofNanos(left));
        }
    }

    private Inference.Answer read(ClassicHttpResponse response, StreamingConnection used)
            throws IOException, AttemptFailed {
        HttpEntity entity = upstream.requireStream(response, used, asked);
        progress.opened();
        used.announceTo(this);
        try (ChunkParser parser = new ChunkParser(asked.isScored())) {
            EventReader events = new EventReader(entity.getContent());
            while (hasNext(events)) {
                accept(parse(parser, events));
            }
        }
        Inference.Answer answer = conclude();
        untold = false;
        progress.flush();
        return answer;
    }

    /** Also false when the stream breaks and the model had finished: then nothing is missing but the end itself. */
    private boolean hasNext(EventReader events) throws IOException, AttemptFailed {
        try {
            return events.next();
        } catch (EventReader.LineTooLong tooLong) {
            throw upstream.faults().unreadable(tooLong);
        } catch (IOException broken) {
            if (phase == Phase.FINISHED) {
                return false;
            }
            throw broken;
        }
    }

    private Chunk parse(ChunkParser parser, EventReader events) throws AttemptFailed {
        Chunk chunk;
        try {
            chunk = parser.read(events.buffer(), events.start(), events.end());
        } catch (IOException unreadable) {
            throw upstream.faults().unreadable(unreadable);
        }
        if (chunk.failed || events.isError()) {
            throw upstream.classifier().inStream(ErrorBody.of(events.buffer(), events.start(), events.end()), asked);
        }
        return chunk;
    }

    private void accept(Chunk chunk) {
        if (phase == Phase.WAITING && chunk.isSubstantial()) {
            phase = Phase.STREAMING;
            allow(upstream.settings().timeouts().idle());
        }
        assembler.accept(chunk);
        if (phase == Phase.STREAMING && assembler.finishReason() != null) {
            phase = Phase.FINISHED;
            Duration idle = upstream.settings().timeouts().idle();
            allow(idle.compareTo(LAST_WORDS) < 0 ? idle : LAST_WORDS);
        }
    }

    private Inference.Answer conclude() throws AttemptFailed {
        String reason = assembler.finishReason();
        String word = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
        StopReason stopReason = switch (word) {
            case "error", "abort" -> throw upstream.faults().brokenOffBy(word);
            case "length" -> StopReason.OUT_OF_TOKENS;
            case "content_filter" -> StopReason.FILTERED;
            // stop, calls, or a word of its own: it has ended
            default -> StopReason.END_OF_TURN;
        };
        Inference.Answer answer = assembler.end(stopReason);
        if (reason == null) {
            if (answer.message().passages().isEmpty()) {
                throw upstream.faults().empty();
            }
            LOG.warn(
                    "provider {}: the stream of model {} ended without a finish_reason; taken for a whole answer",
                    upstream.settings().name(),
                    asked.model());
        }
        return answer;
    }

    /** Reads on to the end of the body, which gives the connection back; mostly the end is there already. */
    private static boolean reachesEnd(ClassicHttpResponse response, StreamingConnection used) {
        byte[] ignored = new byte[512];
        try {
            used.setSocketTimeout(Transport.timeout(CLOSING_WORDS));
            InputStream rest = response.getEntity().getContent();
            for (int reads = 0; reads < 16; reads++) {
                if (rest.read(ignored) < 0) {
                    return true;
                }
            }
        } catch (IOException _) {
            // then the connection is of no more use, but the answer is whole
        }
        return false;
    }

    private void tell(Delta delta) {
        untold = true;
        progress.delta(delta);
    }

    private void allow(Duration time) {
        if (connection != null) {
            connection.setSocketTimeout(Transport.timeout(time));
        }
    }
}
