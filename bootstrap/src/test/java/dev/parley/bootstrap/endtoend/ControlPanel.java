package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.inference.testing.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * What a test in another process can do to the server and to the model behind it, over HTTP. The query of a request says
 * which gate or text it is about.
 */
final class ControlPanel implements AutoCloseable {

    /** A reader that leaves has to be noticed, and the model's answer hung up on, within this time. */
    private static final Duration NOTICED = Duration.ofSeconds(1);

    private final Installation installation;
    private final ScriptedModel model;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Optional<Running> running = Optional.empty();

    private record Running(ParleyProcess process, URI uri) {}

    ControlPanel(Installation installation, ScriptedModel model) {
        this.installation = installation;
        this.model = model;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Starts the server if it does not run, and says where it listens. */
    synchronized URI start() {
        if (running.filter(now -> now.process().isAlive()).isEmpty()) {
            ParleyProcess process = installation.launch();
            running = Optional.of(new Running(process, process.awaitReady()));
        }
        return server().uri();
    }

    /** What the server's process has said. */
    synchronized String log() {
        return server().process().log();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        URI request = exchange.getRequestURI();
        String about = Optional.ofNullable(request.getQuery()).orElse("");
        int status = 200;
        String answer;
        try {
            answer = act(request.getPath(), about);
        } catch (RuntimeException | AssertionError failure) {
            status = 500;
            answer = failure.toString();
        }
        byte[] body = answer.getBytes(UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String act(String action, String about) {
        return switch (action) {
            case "/server/url" -> server().uri().toString();
            case "/server/start" -> start().toString();
            case "/server/restart" -> restart().toString();
            case "/server/kill" -> kill();
            case "/gate/reached" -> {
                model.awaitReached(about);
                yield "";
            }
            case "/gate/open" -> {
                model.open(about);
                yield "";
            }
            case "/model/requests" ->
                model.requests(about).stream().map(RecordedRequest::body).collect(Collectors.joining(",", "[", "]"));
            case "/model/abandoned" -> {
                model.awaitAbandoned(about, NOTICED);
                yield "";
            }
            default -> throw new IllegalArgumentException("There is no " + action);
        };
    }

    private synchronized URI restart() {
        server().process().askToEnd();
        server().process().awaitExit();
        return start();
    }

    private synchronized String kill() {
        server().process().kill();
        return "";
    }

    private synchronized Running server() {
        return running.orElseThrow(() -> new IllegalStateException("the server was never started"));
    }
}
