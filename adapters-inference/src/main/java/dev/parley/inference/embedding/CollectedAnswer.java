package dev.parley.inference.embedding;

import dev.parley.application.port.ChatProxy;
import java.io.ByteArrayOutputStream;

/** An answer of a provider, kept until it is whole. */
final class CollectedAnswer extends ByteArrayOutputStream implements ChatProxy.Receiver {

    /** It goes on beyond what any answer to the question can have. */
    @SuppressWarnings("serial") // never leaves the process
    static final class TooLong extends RuntimeException {
        TooLong() {
            super(null, null, false, false);
        }
    }

    private final int longest;

    CollectedAnswer(int longest) {
        this.longest = longest;
    }

    @Override
    public void head(int status, String contentType) {
        // only successes come this way, and what it is its bytes show
    }

    @Override
    public void bytes(byte[] buffer, int offset, int length) {
        if (count + length > longest) {
            throw new TooLong();
        }
        write(buffer, offset, length);
    }

    /** The bytes where they are; only the first {@link #size} of them are the answer. */
    byte[] buffer() {
        return buf;
    }
}
