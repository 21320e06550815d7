package dev.parley.rest.responses;

import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.Seal;
import dev.parley.rest.sse.TextSocket;
import jakarta.inject.Singleton;

/** Finds those who talk with the clients that open sockets. */
@Singleton
final class ResponseSockets {

    private final ResponsesTalk.Means means;
    private final SocketSettings settings;

    ResponseSockets(
            CreateResponse createResponse,
            ResponseStreams streams,
            ResponsesProjector projector,
            Seal seal,
            SocketSettings settings) {
        this.means = new ResponsesTalk.Means(createResponse, streams, projector, seal);
        this.settings = settings;
    }

    TextSocket.Host host(TextSocket socket) {
        return new ResponsesTalk(socket, means, settings.timeLimit());
    }
}
