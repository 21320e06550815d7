package dev.parley.persistence.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.persistence.testing.TestPostgres.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestPostgresTest {
    @Test
    void everyDatabaseIsFreshAndInAZoneThatIsNotUtc() throws SQLException {
        Database first = TestPostgres.freshDatabase();
        Database second = TestPostgres.freshDatabase();
        assertThat(first.jdbcUrl()).isNotEqualTo(second.jdbcUrl());
        try (Connection one = first.connect();
                Connection other = second.connect()) {
            ask(one, "create table note (text text)");
            assertThat(ask(one, "select to_regclass('note')")).isEqualTo("note");
            assertThat(ask(other, "select to_regclass('note')")).isEqualTo("null");
            assertThat(ask(other, "show timezone")).isEqualTo(TestPostgres.TIME_ZONE);
        }
    }

    @Test
    void anEngineIsSeenOnlyWhereOneAnswers(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("docker.sock");
        Map<String, String> environment = Map.of("DOCKER_HOST", "unix://" + socket);
        assertThat(DockerEngine.answers(environment)).isFalse();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> answerOnce(server));
            assertThat(DockerEngine.answers(environment)).isTrue();
        }
        assertThat(DockerEngine.answers(environment)).isFalse();
    }

    private static void answerOnce(ServerSocketChannel server) {
        try (var client = server.accept()) {
            client.read(ByteBuffer.allocate(64));
            client.write(ByteBuffer.wrap("HTTP/1.1 200 OK\r\n\r\nOK".getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return String.valueOf(row.getString(1));
            }
        }
    }
}
