package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.persistence.testing.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What clients with open sockets notice of a server that ends. */
class SocketsAtTheEndTest {

    private static final int GOING_AWAY = 1001;

    @Test
    void aSocketOnWhichNothingRunsIsClosedInOrder() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        RunningServer server = RunningServer.start(Map.of(
                "parley.port", "0",
                "parley.database.url", database.jdbcUrl(),
                "parley.database.user", database.username(),
                "parley.database.password", database.password(),
                "parley.inference.providers.local.type", "scripted"));
        Client client = new Client();
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://" + server.uri().getAuthority() + "/v1/responses"), client)
                    .get(20, TimeUnit.SECONDS);
            var _ = socket.sendText(
                            "{\"type\":\"response.create\",\"model\":\"scripted\",\"input\":\"Hello\",\"store\":false}",
                            true)
                    .get(20, TimeUnit.SECONDS);
            assertThat(client.completed.get(20, TimeUnit.SECONDS)).contains("\"status\":\"completed\"");

            server.close();

            assertThat(client.closed.get(20, TimeUnit.SECONDS)).isEqualTo(GOING_AWAY);
        }
    }

    private static final class Client implements WebSocket.Listener {

        private final CompletableFuture<String> completed = new CompletableFuture<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                if (message.indexOf("\"type\":\"response.completed\"") >= 0) {
                    completed.complete(message.toString());
                }
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }
    }
}
