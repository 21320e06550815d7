package dev.parley.tools.outgoing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network in which every address leads to one server on loopback, so that only a guard can keep a request from it. Names
 * mean what a test says; each answer is given once, and the last one for ever.
 */
final class ScriptedNetwork implements Network {

    private final int port;
    private final Map<String, Deque<List<InetAddress>>> names = new ConcurrentHashMap<>();
    private final List<String> dialled = new CopyOnWriteArrayList<>();

    ScriptedNetwork(int port) {
        this.port = port;
    }

    /** Has a name stand for these addresses. */
    ScriptedNetwork name(String host, String... addresses) {
        names.computeIfAbsent(host, _ -> new ArrayDeque<>())
                .add(Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
        return this;
    }

    /** Which addresses connections were made to, with their ports. */
    List<String> dialled() {
        return List.copyOf(dialled);
    }

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        Deque<List<InetAddress>> answers = names.get(host);
        if (answers != null) {
            List<InetAddress> answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
            if (answer.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return answer;
        }
        return List.of(host.contains(":") ? InetAddress.ofLiteral(host) : asTheOldLibraryReadsIt(host));
    }

    /** {@code inet_aton}: up to four numbers, of which the last fills what is left; 0 begins octal, 0x hexadecimal ones. */
    private static InetAddress asTheOldLibraryReadsIt(String host) throws UnknownHostException {
        try {
            String[] parts = host.split("\\.", -1);
            long value = 0;
            for (int index = 0; index < parts.length; index++) {
                long number = Long.decode(parts[index]);
                boolean last = index == parts.length - 1;
                value = last ? (value << (8 * (4 - index))) | number : (value << 8) | number;
            }
            return InetAddress.getByAddress(
                    new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
        } catch (NumberFormatException _) {
            throw new UnknownHostException(host);
        }
    }

    @Override
    public Socket socket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress address, int timeout) throws IOException {
                InetSocketAddress wanted = (InetSocketAddress) address;
                dialled.add(wanted.getAddress().getHostAddress() + ' ' + wanted.getPort());
                super.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeout);
            }
        };
    }
}
