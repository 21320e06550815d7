package dev.parley.rest.responses;

import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.RecentResponses;
import dev.parley.application.response.ResponseId;
import dev.parley.application.response.Seal;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.turn.TurnId;
import dev.parley.rest.error.OpenAiError;
import dev.parley.rest.error.Problem;
import dev.parley.rest.sse.TextSocket;
import dev.parley.rest.sse.TurnEncoder;
import dev.parley.rest.sse.TurnResponses;
import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said with one client over its socket (responses-api 7). */
final class ResponsesTalk implements TextSocket.Host {

    private static final Logger LOG = LoggerFactory.getLogger(ResponsesTalk.class);
    private static final SequencedSet<String> TYPES = Words.of("response.create");
    private static final Pattern STREAM_ID = Pattern.compile("[A-Za-z0-9_.-]{1,256}");

    /** So many responses may run at a time for one client, which is the most that it can have chains under way. */
    private static final int MOST_LANES = 16;

    private static final int MOST_WAITING = 32;

    /** So many bytes of what is not stored are kept for one client. */
    private static final long MOST_REMEMBERED = 64L << 20;

    private final TextSocket socket;
    private final Means means;
    private final Lanes lanes;
    private final RecentResponses recent = new RecentResponses(MOST_LANES, MOST_REMEMBERED);

    /** How responses are made. */
    record Means(CreateResponse createResponse, ResponseStreams streams, ResponsesProjector projector, Seal seal) {}

    ResponsesTalk(TextSocket socket, Means means, Duration timeLimit) {
        this.socket = socket;
        this.means = means;
        this.lanes = new Lanes(MOST_LANES, MOST_WAITING, socket.longestMessage());
        socket.after(timeLimit, () -> socket.end(Problem.timeLimit()));
    }

    @Override
    public void hear(byte[] message) {
        Optional<String> streamId = Optional.empty();
        try {
            Param said = Param.body(message);
            streamId = said.at("stream_id").optional(ResponsesTalk::streamId);
            said.at("type").word(TYPES);
            take(said, message.length, streamId);
        } catch (Refusal refusal) {
            var _ = refuse(Problem.of(refusal), streamId);
        }
    }

    @Override
    public void mishear(Problem problem) {
        var _ = refuse(problem, Optional.empty());
    }

    /** What is taken holds the socket until it has been answered: what waits when the socket is to end is told so in its turn. */
    private void take(Param said, int bytes, Optional<String> streamId) {
        Optional<Problem> ends = socket.hold();
        if (ends.isPresent()) {
            var _ = refuse(ends.get(), streamId);
        } else if (!lanes.add(streamId.orElse(""), bytes, () -> answerAndRelease(said, streamId))) {
            socket.release();
            var _ = refuse(
                    Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "Too many responses wait on this connection; ask for more when some of them have ended."),
                    streamId);
        }
    }

    private void answerAndRelease(Param said, Optional<String> streamId) {
        try {
            answer(said, streamId);
        } finally {
            socket.release();
        }
    }

    /** A client is to give up a chain that it can't go on with, and not to try again and again. */
    private void answer(Param said, Optional<String> streamId) {
        if (tell(said, streamId).isPresent()) {
            previous(said).ifPresent(recent::forget);
        }
    }

    private Optional<Problem> tell(Param said, Optional<String> streamId) {
        boolean generate;
        CreateResponseRequest asked;
        try {
            TurnId id = means.createResponse().newId();
            generate = said.at("generate").optional(Param::bool).orElse(true);
            asked = generate
                    ? CreateResponseRequest.read(said, id, means.seal())
                    : CreateResponseRequest.readNote(said, id, means.seal());
        } catch (Refusal refusal) {
            return Optional.of(refuse(Problem.of(refusal), streamId));
        } catch (RuntimeException mistake) {
            LOG.error("A message could not be read by a mistake of this server", mistake);
            return Optional.of(refuse(Problem.internal(), streamId));
        }
        CreateResponse.Command command = asked.command(null);
        TurnEncoder encoder = means.projector().forSocket(asked.include(), asked.obfuscation(), streamId);
        TurnResponses.Work work = generate
                ? means.streams().work(asked, command, recent)
                : (sink, _) -> means.createResponse().takeNote(Owner.SOLE, command, recent, sink);
        return socket.tell(encoder, work, problem -> ErrorJson.message(OpenAiError.of(problem), streamId));
    }

    private Problem refuse(Problem problem, Optional<String> streamId) {
        socket.say(ErrorJson.message(OpenAiError.of(problem), streamId));
        return problem;
    }

    private static String streamId(Param in) {
        String id = in.string();
        if (!STREAM_ID.matcher(id).matches()) {
            throw in.refuse(
                    Reason.INVALID_VALUE,
                    "Invalid 'stream_id': expected 1 to 256 letters, digits, underscores, dots or dashes.");
        }
        return id;
    }

    private static Optional<TurnId> previous(Param said) {
        try {
            return said.at("previous_response_id").optional(Param::string).flatMap(ResponseId::turn);
        } catch (Refusal noText) {
            return Optional.empty();
        }
    }
}
