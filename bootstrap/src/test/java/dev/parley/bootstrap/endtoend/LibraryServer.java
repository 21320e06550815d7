package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.bootstrap.RunningServer;
import dev.parley.inference.testing.ScriptedUpstream;
import dev.parley.persistence.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A server that reads documents as the product does, with a scripted provider behind it; asked over HTTP. */
final class LibraryServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BOUNDARY = "a-line-that-is-in-no-document";

    private final TestPostgres.Database database = TestPostgres.freshDatabase();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final RunningServer server;

    private LibraryServer(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "parley.port", "0",
                "parley.database.url", database.jdbcUrl(),
                "parley.database.user", database.username(),
                "parley.database.password", database.password(),
                "parley.data-dir", "target/library",
                "parley.responses.seal-key", Base64.getEncoder().encodeToString(new byte[32]),
                "parley.inference.providers.engine.base-url", upstream.baseUri().toString(),
                "parley.inference.providers.engine.max-retries", "0"));
        settings.putAll(more);
        server = RunningServer.start(settings);
    }

    /** @param more settings beside those that it needs */
    static LibraryServer start(Map<String, String> more) {
        return new LibraryServer(more);
    }

    /** The provider of models. */
    ScriptedUpstream upstream() {
        return upstream;
    }

    URI at(String path) {
        return server.uri().resolve(path);
    }

    HttpResponse<String> post(String path, Object body) {
        return Http.post(at(path), body);
    }

    Json posted(String path, Object body) {
        return Http.json(post(path, body));
    }

    Json get(String path) {
        return Http.json(Http.get(at(path)));
    }

    /** Uploads a file, and tells its id. */
    String upload(String filename, byte[] content) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes("""
            --%1$s\r
            Content-Disposition: form-data; name="purpose"\r
            \r
            assistants\r
            --%1$s\r
            Content-Disposition: form-data; name="file"; filename="%2$s"\r
            Content-Type: application/octet-stream\r
            \r
            """.formatted(BOUNDARY, filename).getBytes(UTF_8));
        form.writeBytes(content);
        form.writeBytes("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(UTF_8));
        return Http.json(Http.postBytes(
                        at("/v1/files"), "multipart/form-data; boundary=" + BOUNDARY, form.toByteArray()))
                .text("id");
    }

    /** Makes a vector store of files, and tells its id; they may still have to be read. */
    String store(List<String> files) {
        return posted("/v1/vector_stores", Map.of("name", "library", "file_ids", files))
                .text("id");
    }

    /** The store, once all of its files were read. */
    Json readThrough(String store) {
        await(() -> get("/v1/vector_stores/" + store).number("file_counts", "in_progress") == 0);
        return get("/v1/vector_stores/" + store);
    }

    /** What the store says of a file of its. */
    Json fileOf(String store, String file) {
        return get("/v1/vector_stores/%s/files/%s".formatted(store, file));
    }

    /** The one number that a query beside the server gives. */
    long count(String query) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
    }

    /** Runs a statement beside the server. */
    void execute(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    /** How many rows the tables have in which documents are, in the order of the names. */
    List<Long> rows(String... tables) {
        List<Long> counts = new ArrayList<>();
        for (String table : tables) {
            counts.add(count("select count(*) from " + table));
        }
        return counts;
    }

    /** Blocks until it is so. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it has not come to that within " + PATIENCE);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        server.close();
        upstream.close();
    }
}
