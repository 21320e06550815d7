package dev.parley.tools.outgoing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/** What a server has replied: the head, and a body that is still to be read. */
public final class Reply {

    private final ClassicHttpResponse response;
    private boolean ended;

    Reply(ClassicHttpResponse response) {
        this.response = response;
        this.ended = response.getEntity() == null;
    }

    public int status() {
        return response.getCode();
    }

    /** The first header of that name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    /** What the body is, as the server says it, with parameters such as the charset; empty when nothing is said of it. */
    public Optional<String> contentType() {
        return header(HttpHeaders.CONTENT_TYPE).map(String::strip).filter(type -> !type.isEmpty());
    }

    /** What the body is, without parameters and in lower case; empty when nothing is said of it. */
    public Optional<String> mediaType() {
        return header(HttpHeaders.CONTENT_TYPE)
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(type -> !type.isEmpty());
    }

    /**
     * The body, unpacked, of which no more may be read than this: neither packed nor unpacked.
     *
     * @throws Refused here or from reading when it is larger, or packed in a way that is not known
     */
    public InputStream body(long most) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return InputStream.nullInputStream();
        }
        if (entity.getContentLength() > most) {
            throw Bounded.tooLarge(most);
        }
        String packing =
                header(HttpHeaders.CONTENT_ENCODING).orElse("identity").strip().toLowerCase(Locale.ROOT);
        InputStream raw = new Bounded(new ToItsEnd(entity.getContent()), most);
        return switch (packing) {
            case "", "identity" -> raw;
            case "gzip", "x-gzip" -> new Bounded(new GZIPInputStream(raw), most);
            default -> throw new Refused("the answer is packed as '%s', which was not asked for".formatted(packing));
        };
    }

    /** Reads what is left of a body that was begun, and forgets it. */
    public void drain() {
        try {
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                byte[] ignored = new byte[1024];
                InputStream rest = new ToItsEnd(entity.getContent());
                while (!ended && rest.read(ignored) >= 0) {
                    // of no interest
                }
            }
        } catch (IOException _) {
            // then the connection is of no more use
        }
    }

    boolean wasReadWhole() {
        return ended;
    }

    void close() {
        try {
            response.close();
        } catch (IOException _) {
            // it was not of use any more
        }
    }

    /** Notes that the end has come. */
    private final class ToItsEnd extends FilterInputStream {

        private ToItsEnd(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            ended |= one < 0;
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            ended |= count < 0;
            return count;
        }
    }
}
