package dev.parley.inference.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the server does from the moment it has read a request. Immutable, so one reply can answer many requests. */
public record Reply(List<Move> moves) {

    /**
     * Checks that the moves make a reply.
     *
     * @throws IllegalArgumentException if the last move leaves the request open, or bytes are written without a head
     */
    public Reply {
        moves = List.copyOf(moves);
        if (moves.isEmpty() || !(moves.getLast() instanceof Move.Last)) {
            throw new IllegalArgumentException("a reply must end in End, Cut or Stall: " + moves);
        }
        if (moves.subList(0, moves.size() - 1).stream().anyMatch(Move.Last.class::isInstance)) {
            throw new IllegalArgumentException("End, Cut and Stall must be the last move: " + moves);
        }
        boolean headed = false;
        for (Move move : moves) {
            switch (move) {
                case Move.Head _ -> headed = true;
                case Move.Write _, Move.Timestamps _, Move.End _ -> {
                    if (!headed) {
                        throw new IllegalArgumentException("a body needs a head before it: " + moves);
                    }
                }
                case Move.Await _, Move.Signal _, Move.Stall _, Move.Cut _ -> {}
            }
        }
    }

    /** Begins a chunked event stream as OpenAI sends it. */
    public static ReplyScript stream() {
        return stream(Engine.OPENAI);
    }

    /** Begins a chunked event stream in an engine's own form. The head is flushed alone. */
    public static ReplyScript stream(Engine engine) {
        return new ReplyScript(
                engine,
                new Move.Head(200, Map.of("Content-Type", engine.contentType(), "Transfer-Encoding", "chunked")));
    }

    /** Begins an event stream that has no framing: its body ends where the connection does. */
    public static ReplyScript streamUntilClose(Engine engine) {
        return new ReplyScript(
                engine, new Move.Head(200, Map.of("Content-Type", engine.contentType(), "Connection", "close")));
    }

    /** Begins a reply that has sent nothing yet, to wait or break off before the head. */
    public static ReplyScript unsent(Engine engine) {
        return new ReplyScript(engine);
    }

    /** A whole JSON body with its length. */
    public static Reply json(int status, String body) {
        return body(status, "application/json", body);
    }

    /** A whole body with its length. */
    public static Reply body(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", contentType);
        headers.put("Content-Length", Integer.toString(bytes.length));
        return new Reply(
                List.of(new Move.Head(status, headers), new Move.Write(ByteBuffer.wrap(bytes)), new Move.End(false)));
    }

    /** The same reply with one more header, or another value for it. */
    public Reply withHeader(String name, String value) {
        return new Reply(moves.stream()
                .map(move -> {
                    if (!(move instanceof Move.Head(int status, Map<String, String> headers))) {
                        return move;
                    }
                    Map<String, String> more = new LinkedHashMap<>(headers);
                    more.put(name, value);
                    return new Move.Head(status, more);
                })
                .toList());
    }

    /** The same reply with other line ends in its body: {@code "\r\n"} or {@code "\r"}. */
    public Reply withLineEnds(String lineEnd) {
        return mapWrites(bytes ->
                Stream.of(new String(bytes, UTF_8).replace("\n", lineEnd).getBytes(UTF_8)));
    }

    /** The same reply with every byte of its body in a write of its own. */
    public Reply byteByByte() {
        return mapWrites(bytes -> IntStream.range(0, bytes.length).mapToObj(at -> new byte[] {bytes[at]}));
    }

    /** The same reply with the writes that follow each other directly joined into one. */
    public Reply joined() {
        List<Move> joined = new ArrayList<>();
        ByteArrayOutputStream pending = new ByteArrayOutputStream();
        for (Move move : moves) {
            if (move instanceof Move.Write write) {
                pending.writeBytes(write.toArray());
                continue;
            }
            if (pending.size() > 0) {
                joined.add(new Move.Write(ByteBuffer.wrap(pending.toByteArray())));
                pending.reset();
            }
            joined.add(move);
        }
        return new Reply(joined);
    }

    /** The move that the reply ends in. */
    public Move.Last last() {
        return (Move.Last) moves.getLast();
    }

    /** The body that a client should read, however it was cut up. */
    public String bodyText() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Move move : moves) {
            if (move instanceof Move.Write write) {
                body.writeBytes(write.toArray());
            }
        }
        return body.toString(UTF_8);
    }

    private Reply mapWrites(Function<byte[], Stream<byte[]>> change) {
        return new Reply(moves.stream()
                .flatMap(move -> move instanceof Move.Write write
                        ? change.apply(write.toArray()).map(bytes -> (Move) new Move.Write(ByteBuffer.wrap(bytes)))
                        : Stream.of(move))
                .toList());
    }
}
