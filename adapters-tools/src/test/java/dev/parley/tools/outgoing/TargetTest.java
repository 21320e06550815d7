package dev.parley.tools.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "http://Example.COM, http://example.com/",
        "HTTPS://example.com:443/a?b=c#d, https://example.com/a?b=c",
        "https://example.com.:8443/ä ,https://example.com:8443/%C3%A4",
        "http://bücher.example/, http://xn--bcher-kva.example/",
        "http://[::1]:8080/x, http://[::1]:8080/x",
        "http://a_b.example//c//, http://a_b.example//c//",
        "http://2130706433/, http://2130706433/",
        "http://①②⑦.0.0.1/, http://127.0.0.1/"
    })
    void anAddressIsTakenApart(String url, String whole) throws Refused {
        assertThat(Target.parse(url)).hasToString(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "//example.com/",
                "ftp://example.com/",
                "jar:http://example.com/!/x",
                "http:///x",
                "http:example.com",
                "http://user@example.com/",
                "http://user:secret@example.com/",
                "http://example.com:0/",
                "http://example.com:65536/",
                "http://example.com:x/",
                "http://127.0.0.%31/",
                "http://[fe80::1%25eth0]/",
                "http://[::1/",
                "http://exa mple.com/",
                "http://example.com\\@127.0.0.1/",
                "http://example.com/\r\nX: y"
            })
    void whatIsNoSuchAddressIsRefused(String url) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> Target.parse(url))
                .withMessageNotContaining("secret");
    }

    @Test
    void redirectsAreReadFromWhereTheyStand() throws Refused {
        Target from = Target.parse("https://example.com/a/b?c");

        assertThat(from.redirected("../d")).hasToString("https://example.com/d");
        assertThat(from.redirected("//other.example/x")).hasToString("https://other.example/x");
        assertThat(from.redirected("?e").hasOriginOf(from)).isTrue();
        assertThat(from.redirected("http://example.com/").hasOriginOf(from)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/, true",
        "http://sub.example.com/, false",
        "http://a.b.example.org/, true",
        "http://example.org/, false",
        "http://ports.example:8443/, true",
        "http://ports.example/, false",
        "http://example.com:8080/, false",
        "http://bad.example.org/, false",
        "http://other.example/, false"
    })
    void listsOfHostsAreKept(String url, boolean admitted) {
        Reach reach = new Reach.Within(
                patterns("example.com", "*.example.org", "ports.example:8443"),
                patterns("bad.example.org"),
                Set.of(80, 443),
                false,
                List.of());

        if (admitted) {
            assertThatNoException().isThrownBy(() -> reach.admit(Target.parse(url)));
        } else {
            assertThatExceptionOfType(Refused.class).isThrownBy(() -> reach.admit(Target.parse(url)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://example.com", "*", "*.*.com", "exa mple", "example.com:x"})
    void whatIsNoHostIsSaidToBeNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostPattern.parse(text));
    }

    private static List<HostPattern> patterns(String... texts) {
        return List.of(texts).stream().map(HostPattern::parse).toList();
    }
}
