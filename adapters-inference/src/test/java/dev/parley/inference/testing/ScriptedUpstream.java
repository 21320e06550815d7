package dev.parley.inference.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A chat-completions server on a loopback port that answers by script.
 *
 * <p>A request is answered by the first rule that fits it ({@link #on}), else by the next reply of the queue
 * ({@link #enqueue}), else by the default ({@link #otherwise}), else by a 400 that says what was missing. It may be
 * scripted while it runs, from any thread.
 */
public final class ScriptedUpstream implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServerSocket listener;
    private final Journal journal = new Journal();
    private final ReplyBook book = new ReplyBook();
    private final Set<UpstreamConnection> connections = ConcurrentHashMap.newKeySet();

    private final Thread acceptor = Thread.ofVirtual().name("upstream-accept").unstarted(this::accept);

    private ScriptedUpstream(ServerSocket listener) {
        this.listener = listener;
    }

    /** Starts a server on a free port. */
    public static ScriptedUpstream start() {
        return start(0);
    }

    /**
     * Starts a server on a port of the loopback address.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public static ScriptedUpstream start(int port) {
        try {
            // The backlog lets a load test open thousands of connections at once.
            ScriptedUpstream upstream =
                    new ScriptedUpstream(new ServerSocket(port, 4096, InetAddress.getLoopbackAddress()));
            upstream.acceptor.start();
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    /** The address that a provider is configured with, {@code http://127.0.0.1:<port>/v1}. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Answers the next chat requests with these replies, one each. */
    public ScriptedUpstream enqueue(Reply... replies) {
        book.enqueue(List.of(replies));
        return this;
    }

    /** Answers every chat request that fits. Of several rules the first given wins. */
    public ScriptedUpstream on(Predicate<RecordedRequest> fits, Function<RecordedRequest, Reply> reply) {
        book.rule(fits, reply);
        return this;
    }

    /** Answers every chat request for this model. */
    public ScriptedUpstream onModel(String model, Reply reply) {
        return on(request -> request.chat().model().equals(Optional.of(model)), _ -> reply);
    }

    /** Answers every chat request whose last user message contains this text. */
    public ScriptedUpstream onUserText(String fragment, Reply reply) {
        return on(request -> request.chat().lastUserText().orElse("").contains(fragment), _ -> reply);
    }

    /** Answers every chat request that no rule and no queued reply answers. */
    public ScriptedUpstream otherwise(Reply reply) {
        return otherwise(_ -> reply);
    }

    /** Answers every chat request that no rule and no queued reply answers. */
    public ScriptedUpstream otherwise(Function<RecordedRequest, Reply> reply) {
        book.otherwise(reply);
        return this;
    }

    /** Lists these models under {@code GET /v1/models}. Without a script the list is empty. */
    public ScriptedUpstream models(String... ids) {
        return models(ReplyBook.modelList(List.of(ids)));
    }

    /** Answers {@code GET /v1/models} with this reply. */
    public ScriptedUpstream models(Reply reply) {
        book.models(reply);
        return this;
    }

    /** Answers {@code POST} requests to a path of the server, such as {@code /tokenize}, with this reply. */
    public ScriptedUpstream path(String path, Reply reply) {
        book.path(path, reply);
        return this;
    }

    /** The requests to a path of the server so far, in the order of their arrival. */
    public List<RecordedRequest> requestsTo(String path) {
        return journal.requests().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    /** Answers {@code POST /v1/embeddings} with this reply. Without a script there is no such path. */
    public ScriptedUpstream embeddings(Reply reply) {
        return embeddings(_ -> reply);
    }

    /** Answers {@code POST /v1/embeddings}. Without a script there is no such path. */
    public ScriptedUpstream embeddings(Function<RecordedRequest, Reply> reply) {
        book.embeddings(reply);
        return this;
    }

    /**
     * Blocks until the n-th request to a path of the server, counted from 1, has arrived whole.
     *
     * @throws AssertionError if it has not within ten seconds
     */
    public RecordedRequest awaitRequestTo(String path, int n) {
        return journal.await(
                "request " + n + " to " + path,
                PATIENCE,
                () -> requestsTo(path).stream().skip(n - 1L).findFirst());
    }

    /** The chat requests so far, in the order of their arrival. */
    public List<RecordedRequest> requests() {
        return chatRequests().toList();
    }

    /** The requests for the list of models so far. */
    public List<RecordedRequest> modelRequests() {
        return journal.requests().stream().filter(RecordedRequest::isModels).toList();
    }

    /**
     * Blocks until the n-th chat request, counted from 1, has arrived whole.
     *
     * @throws AssertionError if it has not within ten seconds
     */
    public RecordedRequest awaitRequest(int n) {
        return journal.await(
                "chat request " + n, PATIENCE, () -> chatRequests().skip(n - 1L).findFirst());
    }

    /**
     * Blocks until a client has closed its connection in the middle of a reply, and returns the first that did. The last
     * piece before a proper end no longer counts as the middle.
     *
     * @throws AssertionError if none has within the limit
     */
    public ClientGone awaitClientGone(Duration limit) {
        return awaitClientGone(_ -> true, limit);
    }

    /** As {@link #awaitClientGone(Duration)}, for a client that left the reply to such a request. */
    public ClientGone awaitClientGone(Predicate<RecordedRequest> which, Duration limit) {
        return journal.await(
                "a client that leaves",
                limit,
                () -> journal.departures().stream()
                        .filter(gone -> which.test(gone.request()))
                        .findFirst());
    }

    /** The clients so far that closed their connection in the middle of a reply. */
    public List<ClientGone> clientsGone() {
        return journal.departures();
    }

    public int connectionsOpened() {
        return journal.opened();
    }

    /**
     * Blocks until exactly this many connections are open.
     *
     * @throws AssertionError if they are not within ten seconds
     */
    public void awaitOpenConnections(int n) {
        journal.await(
                n + " open connections", PATIENCE, () -> Optional.of(n).filter(wanted -> wanted == journal.open()));
    }

    /** Closes every connection that owes no reply, as a server does whose keep-alive time is over. */
    public void closeIdleConnections() {
        connections.forEach(UpstreamConnection::closeIfIdle);
    }

    /** Stops listening and closes every connection; a reply in progress is cut off. */
    @Override
    public void close() {
        try {
            listener.close();
            acceptor.join(PATIENCE); // only then is nobody let in any more
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            connections.forEach(UpstreamConnection::close);
        }
    }

    private Stream<RecordedRequest> chatRequests() {
        return journal.requests().stream().filter(RecordedRequest::isChat);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                UpstreamConnection connection = new UpstreamConnection(socket, journal, book::answer);
                connections.add(connection);
                Thread.ofVirtual().name("upstream-connection").start(() -> {
                    connection.serve();
                    connections.remove(connection);
                });
            }
        } catch (IOException _) {
            // The listener was closed. A connection accepted meanwhile would outlive close().
            connections.forEach(UpstreamConnection::close);
        }
    }
}
