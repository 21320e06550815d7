package dev.parley.rest.responses;

import dev.parley.rest.sse.OpenSockets;
import dev.parley.rest.sse.SocketRoute;
import dev.parley.rest.sse.TextSocket;
import io.micronaut.http.HttpRequest;
import io.micronaut.websocket.annotation.ServerWebSocket;

/** The same below the address of the whole interface. */
@ServerWebSocket(ResponsePaths.OPENAI + ResponsePaths.RESPONSES)
final class OpenAiSocketRoute extends SocketRoute {

    private final ResponseSockets responses;

    OpenAiSocketRoute(OpenSockets sockets, ResponseSockets responses) {
        super(sockets);
        this.responses = responses;
    }

    @Override
    protected TextSocket.Host host(TextSocket socket, HttpRequest<?> request) {
        return responses.host(socket);
    }
}
