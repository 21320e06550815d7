package dev.parley.tools.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Downloads.DownloadFailed;
import dev.parley.tools.testing.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a proxy, what is known of a target is checked here; the names that only the proxy knows are its own business. */
class ProxyTest {

    private static final LimitSettings LIMITS =
            new LimitSettings(1 << 20, 5, Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final ScriptedServer proxy =
            new ScriptedServer((request, answer) -> answer.send(200, "text/plain", "proxied " + request.path()));
    private final ScriptedNetwork network = new ScriptedNetwork(proxy.port())
            .name("proxy.internal", "10.0.0.1")
            .name("public.example", "93.184.216.34")
            .name("inside.example", "10.0.0.2")
            .name("only-outside.example");

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void everythingGoesOverTheProxyAndIsCheckedBefore() throws DownloadFailed {
        assertThat(fetch("http://public.example/a")).isEqualTo("proxied http://public.example/a");
        assertThat(fetch("http://only-outside.example/b")).isEqualTo("proxied http://only-outside.example/b");
        assertThat(network.dialled()).containsOnly("10.0.0.1 3128");

        assertThat(refused("http://inside.example/")).contains("may reach");
        assertThat(refused("http://169.254.169.254/")).contains("may reach");
        assertThat(refused("http://proxy.internal/")).contains("may reach");
        assertThat(proxy.requests()).hasSize(2);
    }

    private String refused(String url) {
        return catchThrowableOfType(DownloadFailed.class, () -> fetch(url)).explanation();
    }

    private String fetch(String url) throws DownloadFailed {
        Reach usual = new Reach.Within(List.of(), List.of(), Set.of(80, 443), false, List.of());
        try (Outgoing outgoing = Outgoing.guarded(
                usual, network, Optional.of(new HttpHost("http", "proxy.internal", 3128)), LIMITS.connectTimeout())) {
            return new String(
                    new GuardedDownloads(outgoing, LIMITS)
                            .fetch(url, new Cancellation())
                            .content(),
                    UTF_8);
        }
    }
}
