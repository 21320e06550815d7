package dev.parley.tools.outgoing;

import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;

/** The network as this process sees it. */
interface Network {

    /** That of the machine. */
    Network SYSTEM = new Network() {
        @Override
        public List<InetAddress> addresses(String host) throws UnknownHostException {
            return List.of(InetAddress.getAllByName(host));
        }

        @Override
        public Socket socket() {
            return new Socket();
        }
    };

    /** All addresses of a host. Blocks as long as the resolver likes. */
    List<InetAddress> addresses(String host) throws UnknownHostException;

    /** A socket that is not connected yet. */
    Socket socket();
}
