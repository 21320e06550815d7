package dev.parley.inference.openai;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that says when it is about to read from its socket, which is when all that came before has been used up.
 * The stream of a body can't tell: it ends a read at the end of each HTTP chunk, however much is there behind it.
 */
final class StreamingConnection extends DefaultManagedHttpClientConnection {

    /** Makes them for the pool. */
    static final HttpConnectionFactory<ManagedHttpClientConnection> FACTORY = StreamingConnection::open;

    /** Is asked before each read from the socket, on the thread that reads. */
    interface BeforeRead {
        void beforeRead() throws IOException;
    }

    /** The buffer before ours: small, as thousands of streams may be open, and each read is a few events. */
    private static final Http1Config HTTP =
            Http1Config.custom().setBufferSize(4096).setMaxHeaderCount(200).build();

    private static final BeforeRead NOBODY = () -> {};
    private static final AtomicLong COUNT = new AtomicLong();

    private final AtomicReference<BeforeRead> listener = new AtomicReference<>(NOBODY);

    private StreamingConnection() {
        super("upstream-" + COUNT.incrementAndGet(), null, null, HTTP, null, null, null, null);
    }

    private static ManagedHttpClientConnection open(@Nullable Socket socket) throws IOException {
        StreamingConnection connection = new StreamingConnection();
        if (socket != null) {
            connection.bind(socket);
        }
        return connection;
    }

    /** Whether it has served a request before. */
    boolean isUsed() {
        return getEndpointDetails() != null && getEndpointDetails().getRequestCount() > 0;
    }

    /** From now on, until {@link #forget}. */
    void announceTo(BeforeRead heedful) {
        listener.set(heedful);
    }

    /** Unless somebody else has the connection by now. */
    void forget(BeforeRead heedful) {
        listener.compareAndSet(heedful, NOBODY);
    }

    @Override
    protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream socket) {
        return super.createContentInputStream(length, buffer, new Announcing(socket));
    }

    private final class Announcing extends InputStream {
        private final InputStream socket;

        Announcing(InputStream socket) {
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            listener.get().beforeRead();
            return socket.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            listener.get().beforeRead();
            return socket.read(into, offset, length);
        }

        @Override
        public int available() throws IOException {
            return socket.available();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
