package dev.parley.tools.outgoing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of which no more than so many bytes are read. */
final class Bounded extends FilterInputStream {

    private final long most;
    private long count;

    Bounded(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    static Refused tooLarge(long most) {
        return new Refused("it is larger than the %d bytes that are taken".formatted(most));
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        if (one >= 0) {
            counted(1);
        }
        return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int some = super.read(buffer, offset, length);
        if (some > 0) {
            counted(some);
        }
        return some;
    }

    private void counted(int some) throws Refused {
        count += some;
        if (count > most) {
            throw tooLarge(most);
        }
    }
}
