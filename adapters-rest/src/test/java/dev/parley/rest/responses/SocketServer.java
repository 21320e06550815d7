package dev.parley.rest.responses;

import dev.parley.application.testing.ScriptedApplication;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The Responses API behind real sockets, over an application of stand-ins. */
final class SocketServer implements AutoCloseable {

    private final EmbeddedServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    SocketServer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("test.scripted-responses", "true");
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

    CompletionStage<?> endGracefully() {
        return server.getApplicationContext()
                .getBean(GracefulShutdownManager.class)
                .shutdownGracefully();
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
