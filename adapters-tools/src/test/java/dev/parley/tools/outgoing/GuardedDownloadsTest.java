package dev.parley.tools.outgoing;

import dev.parley.application.port.Downloads;
import dev.parley.application.port.DownloadsContract;
import dev.parley.tools.testing.ScriptedServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class GuardedDownloadsTest extends DownloadsContract {

    private final ScriptedServer server = new ScriptedServer((request, answer) -> {
        if (request.path().equals("/notes.txt?v=1")) {
            answer.send(200, "text/plain; charset=utf-8", "Hällo");
        } else {
            answer.send(404, "text/plain", "nothing");
        }
    });
    private final LimitSettings limits = new LimitSettings(1 << 20, 5, Duration.ofSeconds(5), Duration.ofSeconds(30));
    private final Outgoing outgoing =
            Outgoing.guarded(new Reach.Everything(), Network.SYSTEM, Optional.empty(), limits.connectTimeout());

    @AfterEach
    void stop() {
        outgoing.close();
        server.close();
    }

    @Override
    protected Downloads downloads() {
        return new GuardedDownloads(outgoing, limits);
    }

    @Override
    protected String notes() {
        return server.url("/notes.txt?v=1");
    }

    @Override
    protected String nothing() {
        return server.url("/nothing");
    }
}
