package dev.parley.inference.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a {@link Reply} down, move by move; the methods that end it return it.
 *
 * <p>Each chunk leaves in one write of its own and is flushed.
 */
public final class ReplyScript {

    private final Engine engine;
    private final List<Move> moves = new ArrayList<>();

    ReplyScript(Engine engine, Move... beginning) {
        this.engine = engine;
        moves.addAll(List.of(beginning));
    }

    /** A status line with these headers, given as names and values by turns. Only a reply that has none yet needs it. */
    public ReplyScript head(int status, String... namesAndValues) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            headers.put(namesAndValues[at], namesAndValues[at + 1]);
        }
        moves.add(new Move.Head(status, headers));
        return this;
    }

    /** Bytes as they are. */
    public ReplyScript raw(String text) {
        return raw(text.getBytes(UTF_8));
    }

    /** Bytes as they are. */
    public ReplyScript raw(byte[] bytes) {
        moves.add(new Move.Write(ByteBuffer.wrap(bytes.clone())));
        return this;
    }

    /** Events with this data, all in one write. */
    public ReplyScript events(String... data) {
        return raw(Stream.of(data).map(Engine::event).collect(Collectors.joining()));
    }

    /** What the engine sends before the first token, which for some is nothing. */
    public ReplyScript opening() {
        String opening = engine.opening();
        return opening.isEmpty() ? this : raw(opening);
    }

    /** A chunk of text for each of the pieces. */
    public ReplyScript text(String... pieces) {
        for (String piece : pieces) {
            raw(engine.text(piece));
        }
        return this;
    }

    /** A chunk of text cut in two writes, the second of which begins at this byte of the piece. */
    public ReplyScript textCutAt(String piece, int cut) {
        byte[] event = engine.text(piece).getBytes(UTF_8);
        // The bytes of the piece itself: what stands before it has only ASCII, so characters count as bytes there.
        int start = engine.text(piece).indexOf(Json.quote(piece)) + 1;
        moves.add(new Move.Write(ByteBuffer.wrap(event, 0, start + cut).slice()));
        moves.add(new Move.Write(
                ByteBuffer.wrap(event, start + cut, event.length - start - cut).slice()));
        return this;
    }

    /** A chunk of text with the tokens of it and their probabilities, which are a JSON array. */
    public ReplyScript scoredText(String text, String logprobs) {
        return raw(engine.text(text)
                .replaceFirst(
                        "\"logprobs\":null",
                        Matcher.quoteReplacement("\"logprobs\":{\"content\":" + logprobs + ",\"refusal\":null}")));
    }

    /** A chunk of reasoning under the engine's name for it: {@code reasoning} or {@code reasoning_content}. */
    public ReplyScript reasoning(String field, String text) {
        return delta("{" + Json.quote(field) + ":" + Json.quote(text) + "}");
    }

    public ReplyScript refusal(String text) {
        return delta("{\"refusal\":" + Json.quote(text) + "}");
    }

    /** A chunk that opens a call and carries arguments: all of them, a first fragment, or {@code ""}. */
    public ReplyScript toolCall(int index, String id, String name, String arguments) {
        return toolCalls(new ToolCallDelta().index(index).id(id).name(name).arguments(arguments));
    }

    /** A chunk with a further fragment of a call's arguments. */
    public ReplyScript toolArguments(int index, String fragment) {
        return toolCalls(new ToolCallDelta().index(index).arguments(fragment));
    }

    /** One chunk with these call deltas. */
    public ReplyScript toolCalls(ToolCallDelta... deltas) {
        return delta(
                Stream.of(deltas).map(ToolCallDelta::json).collect(Collectors.joining(",", "{\"tool_calls\":[", "]}")));
    }

    /** A chunk whose delta is this JSON. */
    public ReplyScript delta(String json) {
        return raw(engine.delta(json));
    }

    /** A chunk whose delta and {@code finish_reason} are this JSON. */
    public ReplyScript delta(String json, String finish) {
        return raw(engine.delta(json, finish));
    }

    public ReplyScript finish(String reason) {
        return raw(engine.finish(reason));
    }

    /** The usage in the form and place that the engine has for it, mostly a chunk with empty {@code choices}. */
    public ReplyScript usage(int promptTokens, int completionTokens) {
        return raw(engine.usage(promptTokens, completionTokens));
    }

    public ReplyScript comment(String text) {
        return raw(": " + text + "\n\n");
    }

    public ReplyScript done() {
        return raw(Engine.DONE);
    }

    /** Waits until the test opens the gate; a client that leaves ends the wait and the reply. */
    public ReplyScript awaitGate(CountDownLatch gate) {
        moves.add(new Move.Await(gate));
        return this;
    }

    /** Tells the test that the reply has come this far. */
    public ReplyScript signal(CountDownLatch reached) {
        moves.add(new Move.Signal(reached));
        return this;
    }

    /** Sends chunks at a fixed pace, each with the {@link System#nanoTime()} of its leaving as text. */
    public ReplyScript timestamps(int count, Duration interval) {
        moves.add(new Move.Timestamps(engine, count, interval));
        return this;
    }

    /** Ends the body properly; the connection stays open for the next request. */
    public Reply end() {
        return ended(new Move.End(false));
    }

    /** Ends the body properly and then closes the connection, which the client was not told. */
    public Reply endThenClose() {
        return ended(new Move.End(true));
    }

    /** Closes the connection where it stands (FIN). */
    public Reply closeAbruptly() {
        return ended(new Move.Cut(false));
    }

    /** Resets the connection where it stands (RST). */
    public Reply reset() {
        return ended(new Move.Cut(true));
    }

    /** Says nothing more until the client leaves. */
    public Reply stall() {
        return ended(new Move.Stall());
    }

    private Reply ended(Move.Last last) {
        moves.add(last);
        return new Reply(moves);
    }
}
