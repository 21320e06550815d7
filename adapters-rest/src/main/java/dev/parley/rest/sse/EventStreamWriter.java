package dev.parley.rest.sse;

import io.micronaut.buffer.netty.NettyReadBufferFactory;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.body.stream.BodySizeLimits;
import io.micronaut.http.body.stream.BufferConsumer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.OutputStream;

/**
 * Makes a stream the body of an answer. A filter, because a route whose answer may be a stream or JSON is given the
 * writer for JSON beforehand.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class EventStreamWriter implements ResponseBodyWriter<EventStream> {

    private static final NettyReadBufferFactory BUFFERS = NettyReadBufferFactory.of(ByteBufAllocator.DEFAULT);

    /** The body of an answer, as where a stream's bytes go. */
    private record Body(BufferConsumer to) implements EventStream.Outlet {

        @Override
        public void add(ByteBuf events) {
            to.add(BUFFERS.adapt(events));
        }

        @Override
        public void complete() {
            to.complete();
        }
    }

    @ResponseFilter
    @SuppressWarnings("unchecked") // the body's class was looked at
    void choose(MutableHttpResponse<?> response) {
        if (response.body() instanceof EventStream) {
            ((MutableHttpResponse<EventStream>) response).bodyWriter(this);
        }
    }

    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory bodies,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<EventStream> type,
            MediaType mediaType,
            EventStream stream) {
        ByteBodyFactory.StreamingBody body = bodies.createStreamingBody(BodySizeLimits.UNLIMITED, stream);
        stream.connect(new Body(body.sharedBuffer()));
        return body.rootBody();
    }

    @Override
    public void writeTo(
            Argument<EventStream> type,
            MediaType mediaType,
            EventStream stream,
            MutableHeaders headers,
            OutputStream out) {
        throw new UnsupportedOperationException("a stream of events is not written all at once");
    }
}
