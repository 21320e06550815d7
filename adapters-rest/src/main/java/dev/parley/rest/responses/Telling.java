package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.turn.Turn;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.sse.FrameBuffer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream on their way out. All are counted, and those that the reader has had already are not written.
 * It is written for the hot path: an event of a token is put together from bytes that are ready.
 */
final class Telling {

    private static final byte[] RESPONSE = ascii(",\"response\":");
    private static final byte[] ITEM = ascii(",\"item\":");
    private static final byte[] OUTPUT_INDEX = ascii(",\"output_index\":");
    private static final byte[] OBFUSCATION = ascii(",\"obfuscation\":\"");
    private static final byte[] QUOTE = ascii("\"");

    /** Letters that mean nothing; each event is padded with a few of them. */
    private static final byte[] PADDING = ascii("qT7rXw0ZkV3nLbY8sGfJ5hPdMc2uAeR9oNiUy1vKxQz6tBWjHgFl4aSmDpCE");

    private static final int MOST_PADDING = 16;

    private final ItemJson items;
    private final Framing framing;
    private final boolean obfuscation;
    private final long startingAfter;

    private Includes include;
    private long next;
    private @Nullable FrameBuffer out;

    /** @param startingAfter the number of the last event that the reader has had; negative when it has had none */
    Telling(ItemJson items, Framing framing, Includes include, boolean obfuscation, long startingAfter) {
        this.items = items;
        this.framing = framing;
        this.include = include;
        this.obfuscation = obfuscation;
        this.startingAfter = startingAfter;
    }

    /** Whose events they are. */
    void of(Turn turn) {
        include = include.of(turn);
    }

    /** Where the next events go. */
    void into(FrameBuffer frames) {
        out = frames;
    }

    /** Counts an event and opens it, if it is to be written; then it has to be ended. */
    boolean begin(ResponseEvent event) {
        long number = next++;
        if (number <= startingAfter) {
            return false;
        }
        out().raw(framing.head(event)).number(number);
        return true;
    }

    FrameBuffer out() {
        return requireNonNull(out, "out");
    }

    void end() {
        out().raw(framing.end());
    }

    /** Ends one that tells a piece: its length is hidden from whoever sees the bytes pass, if the reader wants that. */
    void endPiece() {
        if (obfuscation) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            out().raw(OBFUSCATION);
            out().write(PADDING, random.nextInt(PADDING.length - MOST_PADDING), 1 + random.nextInt(MOST_PADDING));
            out().raw(QUOTE);
        }
        end();
    }

    /** Tells the response as it stands. */
    void response(ResponseEvent event, RawJson response) {
        if (begin(event)) {
            out().raw(RESPONSE).json(response.text());
            end();
        }
    }

    void item(ResponseEvent event, int outputIndex, RawJson item) {
        if (begin(event)) {
            out().raw(OUTPUT_INDEX).number(outputIndex).raw(ITEM).json(item.text());
            end();
        }
    }

    /** Tells what has no more to say than where it happens. */
    void at(ResponseEvent event, byte[] place) {
        if (begin(event)) {
            out().raw(place);
            end();
        }
    }

    /** Tells something of an item. */
    void at(ResponseEvent event, byte[] place, ObjectText members) {
        if (begin(event)) {
            String object = members.end().text();
            out().raw(place).json("," + object.substring(1, object.length() - 1));
            end();
        }
    }

    /** Tells a piece of a text. */
    void piece(ResponseEvent event, byte[] placeAndName, String piece) {
        if (begin(event)) {
            out().raw(placeAndName).string(piece);
            endPiece();
        }
    }

    /** Tells an event that is none of the response. */
    void plain(ResponseEvent event, ObjectText members) {
        at(event, new byte[0], members);
    }

    /** The end of the stream, whatever the reader has had. */
    void done() {
        out().raw(framing.done());
    }

    RawJson json(Item item) {
        return items.of(item, include);
    }

    RawJson part(ItemPart part) {
        return PartJson.ofMessage(List.of(part), include).getFirst();
    }

    RawJson cutOff(Item item) {
        return items.cutOff(item, include);
    }

    boolean logprobs() {
        return include.logprobs();
    }

    /** Where an item's events happen. */
    static byte[] place(ItemId item, int outputIndex) {
        return (",\"item_id\":" + ObjectText.quoted(item.value()).text() + ",\"output_index\":" + outputIndex)
                .getBytes(UTF_8);
    }

    static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    /** The bytes of a place, and more behind them. */
    static byte[] join(byte[] place, String more) {
        byte[] end = ascii(more);
        byte[] whole = new byte[place.length + end.length];
        System.arraycopy(place, 0, whole, 0, place.length);
        System.arraycopy(end, 0, whole, place.length, end.length);
        return whole;
    }
}
