package dev.parley.inference.openai;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads server-sent events, as far as a stream of chunks needs them: each line of data is one payload, and all else is
 * passed over. Nothing is copied and no string is made: a payload is a stretch of this reader's own buffer.
 */
final class EventReader {

    /** More than any chunk has, whole images aside; what comes is kept until its line ends. */
    static final int LONGEST_LINE = 16 * 1024 * 1024;

    private static final int USUAL_SIZE = 4096;
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};
    private static final byte[] ERROR = {'e', 'r', 'r', 'o', 'r', ':'};
    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int longestLine;
    private byte[] buffer = new byte[USUAL_SIZE];

    /** What was read and not yet passed over stands between the two. */
    private int lineStart;

    private int limit;

    private boolean first = true;
    private boolean endOfStream;
    private boolean afterCarriageReturn;
    private int payloadStart;
    private int payloadEnd;
    private boolean error;

    EventReader(InputStream in) {
        this(in, LONGEST_LINE);
    }

    EventReader(InputStream in, int longestLine) {
        this.in = in;
        this.longestLine = longestLine;
    }

    /**
     * Goes to the next payload. Blocks until its line is whole.
     *
     * @return false at the end of the stream, or when the provider says that it is done
     * @throws LineTooLong when a line does not end
     */
    boolean next() throws IOException {
        while (true) {
            int end = findLineEnd();
            if (end < 0) {
                return false;
            }
            int start = lineStart;
            lineStart = Math.min(end + 1, limit);
            if (first) {
                first = false;
                start = startsWith(BYTE_ORDER_MARK, start, end) ? start + BYTE_ORDER_MARK.length : start;
            }
            if (isPayload(start, end)) {
                return !startsWith(DONE, payloadStart, payloadEnd);
            }
        }
    }

    /** Where the payload is. Stays as it is until {@link #next} is called again. */
    byte[] buffer() {
        return buffer;
    }

    int start() {
        return payloadStart;
    }

    int end() {
        return payloadEnd;
    }

    /** Whether the payload stands in a field called error, where older llama.cpp puts it. */
    boolean isError() {
        return error;
    }

    /** Where the line ends that begins at {@code lineStart}; -1 when there is none any more. */
    private int findLineEnd() throws IOException {
        int at = lineStart;
        while (true) {
            for (; at < limit; at++) {
                byte octet = buffer[at];
                if (octet == '\n' && afterCarriageReturn && at == lineStart) {
                    lineStart++;
                    afterCarriageReturn = false;
                } else if (octet == '\n' || octet == '\r') {
                    afterCarriageReturn = octet == '\r';
                    return at;
                } else {
                    afterCarriageReturn = false;
                }
            }
            if (endOfStream) {
                return lineStart < limit ? limit : -1;
            }
            at = fill();
        }
    }

    /** Reads on behind what is there, making room first; returns where that is. */
    private int fill() throws IOException {
        if (lineStart > 0) {
            System.arraycopy(buffer, lineStart, buffer, 0, limit - lineStart);
            limit -= lineStart;
            lineStart = 0;
        } else if (limit == buffer.length) {
            if (limit >= longestLine) {
                throw new LineTooLong(longestLine);
            }
            buffer = Arrays.copyOf(buffer, Math.min(2 * limit, longestLine));
        }
        int at = limit;
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            endOfStream = true;
        } else {
            limit += count;
        }
        return at;
    }

    private boolean isPayload(int start, int end) {
        error = startsWith(ERROR, start, end);
        if (error) {
            payloadStart = start + ERROR.length;
        } else if (startsWith(DATA, start, end)) {
            payloadStart = start + DATA.length;
        } else if (start < end && buffer[start] == '{') {
            payloadStart = start; // an error that was written into the stream as it was
        } else {
            return false;
        }
        payloadEnd = end;
        while (payloadStart < payloadEnd && buffer[payloadStart] == ' ') {
            payloadStart++;
        }
        return payloadStart < payloadEnd;
    }

    private boolean startsWith(byte[] prefix, int start, int end) {
        return end - start >= prefix.length
                && Arrays.equals(buffer, start, start + prefix.length, prefix, 0, prefix.length);
    }

    /** A line that goes on and on. */
    static final class LineTooLong extends IOException {
        private static final long serialVersionUID = 1L;

        LineTooLong(int limit) {
            super("an event of more than %d bytes".formatted(limit));
        }
    }
}
