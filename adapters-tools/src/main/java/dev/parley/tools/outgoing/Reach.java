package dev.parley.tools.outgoing;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be reached. */
public sealed interface Reach {

    /** Whatever there is: for addresses that only the configuration names. */
    record Everything() implements Reach {
        @Override
        public void admit(Target target) {
            // an operator's word
        }

        @Override
        public boolean admits(InetAddress address) {
            return true;
        }
    }

    /**
     * What a user's word may lead to.
     *
     * @param allowed when there are any, all others are refused
     * @param denied whatever else is said
     * @param ports those of hosts that are allowed without one
     * @param ownNetworks whether networks of one's own and this machine may be reached
     * @param networks addresses that may be reached whatever they are for
     */
    record Within(
            List<HostPattern> allowed,
            List<HostPattern> denied,
            Set<Integer> ports,
            boolean ownNetworks,
            List<IpRange> networks)
            implements Reach {

        /** What resolvers may take for an address though it is not written as one: {@code 2130706433}, {@code 0x7f.1}. */
        private static final Pattern NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

        private static final Pattern FOUR_NUMBERS = Pattern.compile("((0|[1-9]\\d{0,2})\\.){3}(0|[1-9]\\d{0,2})");

        public Within {
            allowed = List.copyOf(allowed);
            denied = List.copyOf(denied);
            ports = Set.copyOf(ports);
            networks = List.copyOf(networks);
        }

        @Override
        public void admit(Target target) throws Refused {
            if (NUMBER.matcher(target.host()).matches()
                    && !FOUR_NUMBERS.matcher(target.host()).matches()) {
                throw new Refused(
                        "its host looks like an address and is not written as one; write four numbers with dots");
            }
            if (denied.stream().anyMatch(pattern -> pattern.means(target))) {
                throw new Refused("%s is a host that this server does not reach".formatted(target.origin()));
            }
            if (!allowed.isEmpty() && allowed.stream().noneMatch(pattern -> pattern.means(target))) {
                throw new Refused("%s is not one of the hosts that this server reaches (parley.outgoing.allowed-hosts)"
                        .formatted(target.origin()));
            }
            if (!ports.contains(target.port())
                    && allowed.stream().noneMatch(pattern -> pattern.namesWithPort(target))) {
                throw new Refused("port %d is not one that this server reaches (parley.outgoing.allowed-ports)"
                        .formatted(target.port()));
            }
        }

        @Override
        public boolean admits(InetAddress address) {
            AddressKind kind = AddressKind.of(address);
            return kind == AddressKind.PUBLIC
                    || (ownNetworks && kind == AddressKind.PRIVATE)
                    || networks.stream().anyMatch(range -> range.contains(address));
        }
    }

    /**
     * Checks what can be seen of a request's target before its name is looked up.
     *
     * @throws Refused when it may not be reached
     */
    void admit(Target target) throws Refused;

    /** Whether a connection to the address may be made. */
    boolean admits(InetAddress address);
}
