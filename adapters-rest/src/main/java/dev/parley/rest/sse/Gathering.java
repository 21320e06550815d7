package dev.parley.rest.sse;

import dev.parley.rest.error.Problem;
import io.micronaut.http.HttpStatus;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The frames of one message, as far as they have come. What can't be a message is not kept. The event loop only. */
final class Gathering {

    private final int longestMessage;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(0);
    private @Nullable Problem problem;
    private boolean begun;

    Gathering(int longestMessage) {
        this.longestMessage = longestMessage;
    }

    void add(WebSocketFrame frame) {
        if (!begun && !(frame instanceof TextWebSocketFrame)) {
            problem = Problem.of(HttpStatus.BAD_REQUEST, "The message is binary; send JSON as a message of text");
        }
        begun = true;
        if (problem == null && text.size() + (long) frame.content().readableBytes() > longestMessage) {
            problem = tooLarge(longestMessage);
        }
        if (problem == null) {
            text.writeBytes(ByteBufUtil.getBytes(frame.content()));
        } else {
            text.reset();
        }
    }

    /** That was the last frame: it is a message, or there is something wrong with it. */
    void end(Consumer<byte[]> whole, Consumer<Problem> wrong) {
        if (problem == null) {
            whole.accept(text.toByteArray());
        } else {
            wrong.accept(problem);
        }
    }

    static Problem tooLarge(int longestMessage) {
        return Problem.of(
                HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                "The message is too large: it may have %d bytes".formatted(longestMessage));
    }
}
