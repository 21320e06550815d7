package dev.parley.tools.outgoing;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A stretch of addresses of one family.
 *
 * @param network its first address
 * @param bits how many bits of it count
 */
record IpRange(InetAddress network, int bits) {

    IpRange {
        requireNonNull(network, "network");
        if (bits < 0 || bits > 8 * network.getAddress().length) {
            throw new IllegalArgumentException(
                    "an address such as " + network.getHostAddress() + " has no " + bits + " bits");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
     *
     * @throws IllegalArgumentException when it is none of these; names are never looked up
     */
    static IpRange parse(String text) {
        String[] parts = text.strip().split("/", 2);
        try {
            InetAddress network = InetAddress.ofLiteral(parts[0]);
            int most = 8 * network.getAddress().length;
            return new IpRange(network, parts.length == 1 ? most : Integer.parseInt(parts[1]));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "'%s' is no range of addresses such as 10.0.0.0/8".formatted(text), wrong);
        }
    }

    boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = bits / 8;
        for (int index = 0; index < whole; index++) {
            if (ours[index] != theirs[index]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xff) >> (8 - rest) == 0;
    }

    /** The IPv4 address that stands in an IPv6 one from this byte on. */
    static InetAddress embedded(InetAddress address, int from) {
        byte[] four = new byte[4];
        System.arraycopy(address.getAddress(), from, four, 0, four.length);
        try {
            return InetAddress.getByAddress(four);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }
}
