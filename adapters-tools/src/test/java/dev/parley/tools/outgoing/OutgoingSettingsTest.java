package dev.parley.tools.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.application.port.Downloads;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key below {@code parley.outgoing}, and its default. */
class OutgoingSettingsTest {

    @Test
    void withoutAnyKeyOnlyPublicHostsAreReached() {
        try (ApplicationContext context = ApplicationContext.run(Map.of())) {
            assertThat(context.getBean(ReachSettings.class).reach())
                    .isEqualTo(new Reach.Within(List.of(), List.of(), Set.of(80, 443), false, List.of()));
            assertThat(context.getBean(ReachSettings.class).proxyHost()).isEmpty();
            assertThat(context.getBean(LimitSettings.class))
                    .isEqualTo(new LimitSettings(32 << 20, 5, Duration.ofSeconds(5), Duration.ofSeconds(30)));
            assertThat(context.getBean(Downloads.class)).isInstanceOf(GuardedDownloads.class);
        }
    }

    @Test
    void everyKeyIsTaken() {
        try (ApplicationContext context = ApplicationContext.run(Map.of(
                "parley.outgoing.allowed-hosts", "docs.example.com:8443,*.example.org",
                "parley.outgoing.denied-hosts", List.of("bad.example.org"),
                "parley.outgoing.allowed-ports", "443",
                "parley.outgoing.allow-private", "true",
                "parley.outgoing.allowed-networks", "10.0.0.0/8",
                "parley.outgoing.proxy", "http://proxy.example:3128",
                "parley.outgoing.limits.max-size", "1MB",
                "parley.outgoing.limits.max-redirects", "0",
                "parley.outgoing.limits.connect-timeout", "1s",
                "parley.outgoing.limits.timeout", "2s"))) {
            assertThat(context.getBean(ReachSettings.class).reach())
                    .isEqualTo(new Reach.Within(
                            List.of(
                                    new HostPattern("docs.example.com", false, Optional.of(8443)),
                                    new HostPattern("example.org", true, Optional.empty())),
                            List.of(new HostPattern("bad.example.org", false, Optional.empty())),
                            Set.of(443),
                            true,
                            List.of(IpRange.parse("10.0.0.0/8"))));
            assertThat(context.getBean(ReachSettings.class).proxyHost())
                    .contains(new HttpHost("http", "proxy.example", 3128));
            assertThat(context.getBean(LimitSettings.class))
                    .isEqualTo(new LimitSettings(1 << 20, 0, Duration.ofSeconds(1), Duration.ofSeconds(2)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "parley.outgoing.allowed-hosts, https://example.com",
        "parley.outgoing.denied-hosts, *",
        "parley.outgoing.allowed-networks, 10.0.0.0/99",
        "parley.outgoing.proxy, http://user:secret@proxy:3128",
        "parley.outgoing.limits.max-size, 0",
        "parley.outgoing.limits.max-redirects, -1",
        "parley.outgoing.limits.connect-timeout, 0s",
        "parley.outgoing.limits.timeout, 0s"
    })
    void aMistakeStopsTheStartAndNamesItsKey(String key, String value) {
        assertThatThrownBy(() -> ApplicationContext.run(Map.of(key, value)).close())
                .hasStackTraceContaining(key)
                .hasMessageNotContaining("secret");
    }
}
