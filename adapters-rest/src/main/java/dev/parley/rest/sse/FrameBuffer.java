package dev.parley.rest.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Server-sent events as the bytes that go over the wire. It is written for the hot path: text goes from the string
 * straight into the bytes, and what is ready leaves without a copy. An {@link OutputStream}, so that a JSON mapper can
 * write into a frame; its JSON must be on one line. For one thread at a time.
 */
public final class FrameBuffer extends OutputStream {

    private static final byte[] NOTHING = {};
    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final int FIRST_SIZE = 512;
    private static final int REPLACEMENT = 0xFFFD;

    /** The most bytes that one UTF-16 unit becomes in UTF-8. */
    private static final int UTF8_OF_UNIT = 3;

    /** The bytes of an escape such as {@code \u001f}. */
    private static final int ESCAPE = 6;

    /** The most digits that a number has. */
    private static final int DIGITS = 19;

    private byte[] bytes = NOTHING;
    private int size;

    /** Opens a frame without a name; one with a name begins with bytes of its own. */
    public FrameBuffer begin() {
        return raw(DATA);
    }

    /** Closes the frame. */
    public FrameBuffer end() {
        return put('\n').put('\n');
    }

    /** Takes bytes that are JSON already. */
    public FrameBuffer raw(byte[] json) {
        write(json, 0, json.length);
        return this;
    }

    /** Takes text that is JSON already, on one line. Half a surrogate pair becomes the replacement character. */
    public FrameBuffer json(String json) {
        int length = json.length();
        reserve(length * UTF8_OF_UNIT);
        for (int i = 0; i < length; i++) {
            char unit = json.charAt(i);
            if (unit >= 0x80) {
                i += beyondAscii(json, i, unit);
            } else {
                bytes[size++] = (byte) unit;
            }
        }
        return this;
    }

    /** Writes a number that is not negative. */
    public FrameBuffer number(long number) {
        reserve(DIGITS);
        int end = size + digits(number);
        size = end;
        long left = number;
        do {
            bytes[--end] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        return this;
    }

    private static int digits(long number) {
        int digits = 1;
        for (long left = number; left >= 10; left /= 10) {
            digits++;
        }
        return digits;
    }

    /** Writes a JSON string, quotes and escapes included. Half a surrogate pair becomes the replacement character. */
    public FrameBuffer string(String text) {
        int length = text.length();
        reserve(length * UTF8_OF_UNIT + 2);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                i += beyondAscii(text, i, unit);
            } else if (unit >= ' ' && unit != '"' && unit != '\\') {
                bytes[size++] = (byte) unit;
            } else {
                escape(unit);
                reserve((length - i) * UTF8_OF_UNIT + 1);
            }
        }
        bytes[size++] = '"';
        return this;
    }

    @Override
    public void write(int b) {
        reserve(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    int size() {
        return size;
    }

    /** Forgets what was written since the size was the given one. */
    void backTo(int earlierSize) {
        size = earlierSize;
    }

    /** Gives all that was written away, and starts anew with bytes of its own. */
    ByteBuf take() {
        ByteBuf taken = Unpooled.wrappedBuffer(bytes, 0, size);
        bytes = NOTHING;
        size = 0;
        return taken;
    }

    private FrameBuffer put(char ascii) {
        write(ascii);
        return this;
    }

    /** Writes the character at the index; returns how many units it has beyond the first. */
    private int beyondAscii(String text, int index, char unit) {
        int character = text.codePointAt(index);
        if (character < 0x800) {
            bytes[size++] = (byte) (0xC0 | (character >> 6));
            continuation(character);
            return 0;
        }
        if (character <= 0xFFFF) {
            int whole = Character.isSurrogate(unit) ? REPLACEMENT : character;
            bytes[size++] = (byte) (0xE0 | (whole >> 12));
            continuation(whole >> 6);
            continuation(whole);
            return 0;
        }
        bytes[size++] = (byte) (0xF0 | (character >> 18));
        continuation(character >> 12);
        continuation(character >> 6);
        continuation(character);
        return 1;
    }

    private void continuation(int bits) {
        bytes[size++] = (byte) (0x80 | (bits & 0x3F));
    }

    private void escape(char unit) {
        reserve(ESCAPE);
        bytes[size++] = '\\';
        switch (unit) {
            case '"', '\\' -> bytes[size++] = (byte) unit;
            case '\n' -> bytes[size++] = 'n';
            case '\r' -> bytes[size++] = 'r';
            case '\t' -> bytes[size++] = 't';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[unit >> 4];
                bytes[size++] = HEX[unit & 0xF];
            }
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            int doubled = Math.max(FIRST_SIZE, bytes.length * 2);
            bytes = Arrays.copyOf(bytes, Math.max(doubled, size + more));
        }
    }
}
