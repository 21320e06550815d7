package dev.parley.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a local server, at an address that stays while the server goes and comes. */
final class CuttableLine implements AutoCloseable {

    private static final int NOWHERE = 0;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    CuttableLine(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Breaks all connections, and every new one until the line is mended. */
    void cut() throws IOException {
        target = NOWHERE;
        for (Socket socket : open) {
            socket.close();
        }
    }

    void mend(int newTarget) {
        target = newTarget;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException _) {
                // the listener was closed, or whoever called has gone already
            }
        }
    }

    private void connect(Socket caller) throws IOException {
        int port = target;
        if (port == NOWHERE) {
            caller.close();
            return;
        }
        Socket called = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(caller);
        open.add(called);
        Thread.ofVirtual().start(() -> pump(caller, called));
        Thread.ofVirtual().start(() -> pump(called, caller));
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException _) {
            // cut
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }
}
