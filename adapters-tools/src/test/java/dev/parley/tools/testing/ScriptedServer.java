package dev.parley.tools.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An HTTP server on loopback, down to its bytes: what it answers, and how it breaks off, a test decides. */
public final class ScriptedServer implements AutoCloseable {

    /** Answers one request; when it returns the connection is kept if the answer was whole, and closed when it throws. */
    @FunctionalInterface
    public interface Handler {
        void handle(Request request, Answer answer) throws IOException;
    }

    /** What has come in. */
    public record Request(String method, String path, Map<String, String> headers, String body) {
        /** Empty when it did not come. */
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    private final ServerSocket listening;
    private final Thread accepting;
    private final Handler handler;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public ScriptedServer(Handler handler) {
        this.handler = handler;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        accepting = Thread.ofVirtual().name("scripted-server").start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Its address as it is, which a guard must refuse. */
    public String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(port(), path);
    }

    /** What has come in so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many clients are connected just now. */
    public int connections() {
        return open.size();
    }

    /** Closes all connections, and goes on listening. */
    public void dropConnections() {
        open.forEach(ScriptedServer::close);
    }

    @Override
    public void close() {
        try {
            listening.close();
            accepting.join(); // until then, one more might be let in
        } catch (IOException _) {
            // closed enough
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        dropConnections();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                Thread.ofVirtual().name("scripted-connection").start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                Request request = read(in);
                if (request == null) {
                    return;
                }
                requests.add(request);
                Answer answer = new Answer(socket);
                handler.handle(request, answer);
                if (!answer.isWhole()) {
                    return;
                }
            }
        } catch (IOException _) {
            // the client has left, or the script breaks off
        } finally {
            open.remove(socket);
        }
    }

    @Nullable
    private static Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        String[] start = first.split(" ", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(start[0], start[1], headers, new String(in.readNBytes(length), UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int one = in.read(); one >= 0 && one != '\n'; one = in.read()) {
            if (one != '\r') {
                line.append((char) one);
            }
        }
        return new String(line.toString().getBytes(ISO_8859_1), UTF_8);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // closed enough
        }
    }
}
