package dev.parley.rest.sse;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.server.netty.DefaultHttpCompressionStrategy;
import io.micronaut.http.server.netty.HttpCompressionStrategy;
import io.netty.handler.codec.http.HttpResponse;
import jakarta.inject.Singleton;

/**
 * Compresses no answer. A stream that is compressed is held back until the compressor has a block full, every client asks for
 * compression by itself, and the event loops have better things to do; a proxy in front may compress the rest.
 */
@Singleton
@Replaces(DefaultHttpCompressionStrategy.class)
final class NoCompression implements HttpCompressionStrategy {

    @Override
    public boolean isEnabled() {
        return false;
    }

    @Override
    public boolean shouldCompress(HttpResponse response) {
        return false;
    }

    @Override
    public int getMaxZstdEncodeSize() {
        return 0;
    }
}
