package dev.parley.rest.responses;

import dev.parley.application.testing.ScriptedApplication;
import dev.parley.rest.sse.OpenSockets;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The Responses API behind real sockets, over an application of stand-ins. */
final class SocketServer implements AutoCloseable {

    private final EmbeddedServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    SocketServer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ScriptedResponses.WANTED, "false");
        all.put("micronaut.server.port", "-1");
        server = ApplicationContext.run(EmbeddedServer.class, all);
    }

    ScriptedApplication application() {
        return server.getApplicationContext().getBean(ScriptedApplication.class);
    }

    SocketClient open() {
        return open(ResponsePaths.RESPONSES);
    }

    SocketClient open(String path) {
        return new SocketClient(http, URI.create("ws://%s:%d%s".formatted(server.getHost(), server.getPort(), path)));
    }

    int port() {
        return server.getPort();
    }

    void closeSockets(Duration patience) {
        server.getApplicationContext().getBean(OpenSockets.class).close(patience);
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
