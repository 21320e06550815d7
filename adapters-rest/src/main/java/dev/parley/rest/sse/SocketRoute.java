package dev.parley.rest.sse;

import io.micronaut.http.HttpRequest;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** A place where clients open sockets. What it is called by is the event loop, so nothing here blocks. */
public abstract class SocketRoute {

    private static final String SOCKET = TextSocket.class.getName();

    private final OpenSockets sockets;

    protected SocketRoute(OpenSockets sockets) {
        this.sockets = sockets;
    }

    /** Who is to talk with the client that has opened the socket. */
    protected abstract TextSocket.Host host(TextSocket socket, HttpRequest<?> request);

    @OnOpen
    public void opened(WebSocketSession session, HttpRequest<?> request) {
        TextSocket socket = sockets.open(request);
        session.put(SOCKET, socket);
        socket.begin(host(socket, request));
    }

    /** Frames as they come: the framework would gather those of one message without an end. */
    @OnMessage
    public void received(WebSocketSession session, WebSocketFrame frame) {
        socket(session).receive(frame);
    }

    @OnClose
    public void closed(WebSocketSession session, CloseReason reason) {
        socket(session).closed(reason.getCode());
    }

    @OnError
    public void broken(WebSocketSession session, Throwable cause) {
        socket(session).broken(cause);
    }

    private static TextSocket socket(WebSocketSession session) {
        return session.get(SOCKET, TextSocket.class).orElseThrow();
    }
}
