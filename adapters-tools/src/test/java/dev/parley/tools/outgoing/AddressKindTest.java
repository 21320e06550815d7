package dev.parley.tools.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressKindTest {

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, PUBLIC",
        "93.184.216.34, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.32.0.0, PUBLIC",
        "100.63.255.255, PUBLIC",
        "2606:4700::1111, PUBLIC",
        "2a00:1450:4001::1, PUBLIC",
        "64:ff9b::8.8.8.8, PUBLIC",
        "10.0.0.1, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "100.127.255.255, PRIVATE",
        "127.0.0.1, PRIVATE",
        "127.255.255.254, PRIVATE",
        "::1, PRIVATE",
        "fc00::1, PRIVATE",
        "fd12:3456::1, PRIVATE",
        "::ffff:127.0.0.1, PRIVATE",
        "::127.0.0.1, PRIVATE",
        "64:ff9b::127.0.0.1, PRIVATE",
        "64:ff9b::10.1.2.3, PRIVATE",
        "::ffff:0:127.0.0.1, PRIVATE",
        "64:ff9b::169.254.169.254, SPECIAL",
        "64:ff9b:1::1, SPECIAL",
        "0.0.0.0, SPECIAL",
        "0.1.2.3, SPECIAL",
        "169.254.169.254, SPECIAL",
        "192.0.0.1, SPECIAL",
        "192.0.2.1, SPECIAL",
        "192.88.99.1, SPECIAL",
        "198.19.255.255, SPECIAL",
        "198.51.100.1, SPECIAL",
        "203.0.113.1, SPECIAL",
        "224.0.0.1, SPECIAL",
        "239.255.255.255, SPECIAL",
        "240.0.0.1, SPECIAL",
        "255.255.255.255, SPECIAL",
        "::, SPECIAL",
        "::8.8.8.8, SPECIAL",
        "fe80::1, SPECIAL",
        "fec0::1, SPECIAL",
        "ff02::1, SPECIAL",
        "100::1, SPECIAL",
        "2001::1, SPECIAL",
        "2001:db8::1, SPECIAL",
        "2002:7f00:1::, SPECIAL",
        "2002:808:808::, SPECIAL",
        "3fff::1, SPECIAL",
        "5f00::1, SPECIAL",
        "2606:4700::5efe:7f00:1, SPECIAL",
        "2606:4700::200:5efe:a00:1, SPECIAL"
    })
    void addressesAreWhatTheRegistriesSay(String address, AddressKind kind) {
        assertThat(AddressKind.of(InetAddress.ofLiteral(address))).isEqualTo(kind);
    }

    @Test
    void aRangeHasItsAddressesAndNoOthers() {
        IpRange range = IpRange.parse("10.1.128.0/17");

        assertThat(range.contains(InetAddress.ofLiteral("10.1.255.255"))).isTrue();
        assertThat(range.contains(InetAddress.ofLiteral("10.1.127.255"))).isFalse();
        assertThat(range.contains(InetAddress.ofLiteral("::10.1.255.255"))).isFalse();
        assertThat(IpRange.parse("10.1.2.3").contains(InetAddress.ofLiteral("10.1.2.3")))
                .isTrue();
        assertThat(IpRange.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("8.8.8.8")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "example.com/8", "::/129"})
    void whatIsNoRangeIsSaidToBeNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpRange.parse(text));
    }
}
