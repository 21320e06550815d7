package dev.parley.rest.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What an encoder wrote, for tests. */
public final class Frames {

    private Frames() {}

    public static String text(FrameBuffer frames) {
        return frames.take().toString(UTF_8);
    }
}
