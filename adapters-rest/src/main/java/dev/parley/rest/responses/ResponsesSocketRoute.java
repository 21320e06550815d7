package dev.parley.rest.responses;

import dev.parley.rest.sse.OpenSockets;
import dev.parley.rest.sse.SocketRoute;
import dev.parley.rest.sse.TextSocket;
import io.micronaut.http.HttpRequest;
import io.micronaut.websocket.annotation.ServerWebSocket;

/** Where clients open sockets to ask for responses on (responses-api 7). */
@ServerWebSocket(ResponsePaths.RESPONSES)
final class ResponsesSocketRoute extends SocketRoute {

    private final ResponseSockets responses;

    ResponsesSocketRoute(OpenSockets sockets, ResponseSockets responses) {
        super(sockets);
        this.responses = responses;
    }

    @Override
    protected TextSocket.Host host(TextSocket socket, HttpRequest<?> request) {
        return responses.host(socket);
    }
}
