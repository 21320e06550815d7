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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a user's word must not lead. In these tests every address leads to the one server there is, so each case is first
 * seen to reach it without the guard, and then not to reach it with it.
 */
class GuardTest {

    private static final LimitSettings LIMITS =
            new LimitSettings(1 << 20, 5, Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final ScriptedServer server = new ScriptedServer((request, answer) -> {
        if (request.path().startsWith("/to?")) {
            answer.redirect(302, request.path().substring("/to?".length()));
        } else {
            answer.send(200, "text/plain", "inside");
        }
    });
    private ScriptedNetwork network = network();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/, 127.0.0.1",
        "http://localhost.example/, 127.0.0.1",
        "http://0.0.0.0/, 0.0.0.0",
        "http://10.0.0.8/, 10.0.0.8",
        "http://172.16.3.4/, 172.16.3.4",
        "http://192.168.0.1/, 192.168.0.1",
        "http://100.64.0.1/, 100.64.0.1",
        "http://169.254.169.254/latest/meta-data/, 169.254.169.254",
        "http://224.0.0.251/, 224.0.0.251",
        "http://255.255.255.255/, 255.255.255.255",
        "http://2130706433/, 127.0.0.1",
        "http://2852039166/, 169.254.169.254",
        "http://0177.0.0.1/, 127.0.0.1",
        "http://0x7f.0x0.0x0.0x1/, 127.0.0.1",
        "http://0x7f000001/, 127.0.0.1",
        "http://017700000001/, 127.0.0.1",
        "http://127.1/, 127.0.0.1",
        "http://127.0.0.1./, 127.0.0.1",
        "http://①②⑦.0.0.1/, 127.0.0.1",
        "http://127。0。0。1/, 127.0.0.1",
        "http://[::1]/, 0:0:0:0:0:0:0:1",
        "http://[::]/, 0:0:0:0:0:0:0:0",
        "http://[::ffff:127.0.0.1]/, 127.0.0.1",
        "http://[::ffff:a9fe:a9fe]/, 169.254.169.254",
        "http://[::127.0.0.1]/, 0:0:0:0:0:0:7f00:1",
        "http://[64:ff9b::169.254.169.254]/, 64:ff9b:0:0:0:0:a9fe:a9fe",
        "http://[2002:7f00:1::]/, 2002:7f00:1:0:0:0:0:0",
        "http://[2001:0:7f00:1::1]/, 2001:0:7f00:1:0:0:0:1",
        "http://[fe80::1]/, fe80:0:0:0:0:0:0:1",
        "http://[fd00:ec2::254]/, fd00:ec2:0:0:0:0:0:254",
        "http://[ff02::1]/, ff02:0:0:0:0:0:0:1",
        "http://metadata.example/, 169.254.169.254",
        "http://mapped.example/, 64:ff9b:0:0:0:0:7f00:1",
        "http://public.example/to?http://169.254.169.254/, 169.254.169.254",
        "http://public.example/to?//metadata.example/, 169.254.169.254",
        "http://public.example/to?http://2130706433/, 127.0.0.1",
        "http://public.example/to?/to?/to?http://127.0.0.1/, 127.0.0.1"
    })
    void noSpecialAddressIsReached(String url, String dialled) throws DownloadFailed {
        assertThat(unguarded(url)).isEqualTo("inside");
        assertThat(network.dialled()).last().isEqualTo(dialled + " 80");
        network = network();

        assertThat(refused(url)).contains(url.split("\\?", 2)[0]);
        assertThat(network.dialled()).doesNotContain(dialled + " 80");
    }

    /** What was looked up for the check is what is connected to: the second answer of the resolver is never asked for. */
    @Test
    void aNameThatChangesBetweenCheckAndConnectionLeadsNowhereElse() throws DownloadFailed {
        network.name("rebinding.example", "93.184.216.34").name("rebinding.example", "127.0.0.1");

        assertThat(guarded("http://rebinding.example/")).isEqualTo("inside");
        assertThat(network.dialled()).containsExactly("93.184.216.34 80");
        server.dropConnections();
        assertThat(refused("http://rebinding.example/")).contains("no address that this server may reach");
        assertThat(network.dialled()).containsExactly("93.184.216.34 80");
    }

    @Test
    void ofSeveralAddressesOnlyThoseAreTriedThatMayBeReached() throws DownloadFailed {
        network.name("mixed.example", "10.0.0.1", "93.184.216.34");

        assertThat(guarded("http://mixed.example/")).isEqualTo("inside");
        assertThat(network.dialled()).containsExactly("93.184.216.34 80");
    }

    @ParameterizedTest
    @CsvSource({"http://public.example:22/, 22", "http://public.example:6379/, 6379", "https://public.example:80/, ''"})
    void onlySomePortsAreReached(String url, String port) throws DownloadFailed {
        if (port.isEmpty()) {
            assertThat(refused(url)).isNotEmpty();
            return;
        }
        assertThat(unguarded(url)).isEqualTo("inside");

        assertThat(refused(url)).contains("port " + port, "parley.outgoing.allowed-ports");
        assertThat(refused("http://public.example/to?" + url)).contains("redirected", "port " + port);
    }

    @Test
    void aRedirectLeadsToNoOtherScheme() {
        for (String url : List.of("file:///etc/passwd", "data:,x", "ftp://public.example/")) {
            assertThat(refused("http://public.example/to?" + url)).contains("redirected", "http://");
        }
        assertThat(refused("http://public.example/to?http://a:b@public.example/"))
                .contains("user and a password");
    }

    @Test
    void redirectsComeToAnEnd() throws DownloadFailed {
        String four = "http://public.example" + "/to?".repeat(5) + "/x";

        assertThat(guarded(four)).isEqualTo("inside");
        assertThat(refused("http://public.example" + "/to?".repeat(6) + "/x")).contains("more than 5 times");
    }

    @Test
    void theConfigurationCanAllowNetworksOfOnesOwnAndNothingMore() throws DownloadFailed {
        Reach own = new Reach.Within(List.of(), List.of(), Set.of(80), true, List.of());
        Reach one = new Reach.Within(List.of(), List.of(), Set.of(80), false, List.of(IpRange.parse("10.0.0.0/24")));

        assertThat(fetch(own, "http://10.0.0.8/")).isEqualTo("inside");
        assertThat(fetch(own, "http://127.0.0.1/")).isEqualTo("inside");
        assertThat(fetch(one, "http://10.0.0.8/")).isEqualTo("inside");
        assertThat(refused(own, "http://169.254.169.254/")).contains("may reach");
        assertThat(refused(one, "http://10.0.1.8/")).contains("may reach");
    }

    @Test
    void whatIsRefusedTellsNothingOfTheNetwork() {
        network.name("internal.example", "10.20.30.40");

        assertThat(refused("http://internal.example/?token=secret"))
                .contains("internal.example")
                .doesNotContain("10.20.30.40", "secret");
        assertThat(refused("http://unknown.example/")).contains("is not known");
    }

    private ScriptedNetwork network() {
        return new ScriptedNetwork(server.port())
                .name("public.example", "93.184.216.34")
                .name("localhost.example", "127.0.0.1")
                .name("metadata.example", "169.254.169.254")
                .name("mapped.example", "64:ff9b::127.0.0.1")
                .name("unknown.example");
    }

    private String unguarded(String url) throws DownloadFailed {
        return fetch(new Reach.Everything(), url);
    }

    private String guarded(String url) throws DownloadFailed {
        return fetch(usual(), url);
    }

    private String refused(String url) {
        return refused(usual(), url);
    }

    private String refused(Reach reach, String url) {
        return catchThrowableOfType(DownloadFailed.class, () -> fetch(reach, url))
                .explanation();
    }

    private static Reach usual() {
        return new Reach.Within(List.of(), List.of(), Set.of(80, 443), false, List.of());
    }

    private String fetch(Reach reach, String url) throws DownloadFailed {
        try (Outgoing outgoing = Outgoing.guarded(reach, network, Optional.empty(), LIMITS.connectTimeout())) {
            byte[] content = new GuardedDownloads(outgoing, LIMITS)
                    .fetch(url, new Cancellation())
                    .content();
            return new String(content, UTF_8);
        }
    }
}
