package dev.parley.tools.outgoing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** What an address is for, by the registries of special addresses (RFC 6890 and what came after it). */
enum AddressKind {
    /** It belongs to somebody on the internet. */
    PUBLIC,
    /** It belongs to a network of one's own, or to this machine. */
    PRIVATE,
    /** No document is ever there: link-local addresses, with the metadata of clouds, multicast, reserved ones. */
    SPECIAL;

    private static final List<IpRange> OWN = ranges(
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "::1/128", "fc00::/7");

    private static final List<IpRange> RESERVED = ranges(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // of IPv6, protocol assignments with Teredo in them, documentation, and 6to4, which is given up
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    private static final IpRange GLOBAL_UNICAST = IpRange.parse("2000::/3");

    /** How networks without IPv4 reach it: what counts is the address in the last four bytes. */
    private static final IpRange TRANSLATED = IpRange.parse("64:ff9b::/96");

    /** An address of IPv4 in the clothes of IPv6; Java takes most of them for what they are by itself. */
    private static final List<IpRange> CLOTHED = ranges("::ffff:0:0:0/96", "::/96");

    static AddressKind of(InetAddress address) {
        if (isIn(OWN, address)) {
            return PRIVATE;
        }
        if (address instanceof Inet4Address) {
            return isIn(RESERVED, address) ? SPECIAL : PUBLIC;
        }
        if (TRANSLATED.contains(address)) {
            return of(IpRange.embedded(address, 12));
        }
        if (isIn(CLOTHED, address)) {
            AddressKind inside = of(IpRange.embedded(address, 12));
            return inside == PUBLIC ? SPECIAL : inside;
        }
        if (isAutomaticTunnel(address)) {
            return SPECIAL;
        }
        return GLOBAL_UNICAST.contains(address) && !isIn(RESERVED, address) ? PUBLIC : SPECIAL;
    }

    /** ISATAP: a router would send it on to the IPv4 address at its end. */
    private static boolean isAutomaticTunnel(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
    }

    private static boolean isIn(List<IpRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static List<IpRange> ranges(String... texts) {
        return Stream.of(texts).map(IpRange::parse).toList();
    }
}
