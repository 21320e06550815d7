package dev.parley.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.persistence.testing.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EmbeddedPostgresTest {
    /** One folder for all tests, since making a database takes a second; each test leaves it as good as it found it. */
    private static final Path FOLDER = TestFolders.create();

    private EmbeddedPostgres postgres;

    @BeforeAll
    static void anEarlierFirstStartWasInterrupted() throws IOException {
        Files.createDirectories(FOLDER.resolve("postgresql.new/base"));
    }

    @BeforeEach
    void startServer() {
        postgres = start();
    }

    @AfterEach
    void stopServer() {
        postgres.stop();
    }

    @AfterAll
    static void deleteFolder() {
        TestFolders.delete(FOLDER);
    }

    @Test
    void keepsItsDataWhenItIsStoppedAndStarted() throws SQLException {
        ask("create table if not exists note (text text)");
        ask("truncate note");
        ask("insert into note values ('kept')");
        postgres.stop();
        postgres.stop();
        postgres = start();
        assertThat(ask("select text from note")).isEqualTo("kept");
    }

    @Test
    void keepsWhatWasCommittedWhenTheServerIsKilled() throws SQLException, IOException {
        ask("create table if not exists note (text text)");
        ask("truncate note");
        ask("insert into note values ('kept')");
        killServer();
        postgres.stop();
        postgres = start();
        assertThat(ask("select text from note")).isEqualTo("kept");
    }

    @Test
    void isDurableAndClosedToOthers() throws SQLException, IOException {
        assertThat(List.of(ask("show fsync"), ask("show synchronous_commit"), ask("show full_page_writes")))
                .containsOnly("on");
        assertThat(ask("show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ask("show unix_socket_directories")).isEmpty();
        assertThat(ask("select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"))
                .isEqualTo("0");
        assertThat(ask("select count(*) from pg_authid where rolpassword like 'SCRAM-SHA-256$1:%'"))
                .isEqualTo("1");
        assertThat(ask("select concat(datlocprovider, ' ', datlocale) from pg_database where datname = 'parley'"))
                .isEqualTo("b C.UTF-8");
        assertThat(ask("show server_encoding")).isEqualTo("UTF8");
        assertThat(Files.getOwner(FOLDER.resolve("postgresql")).getName()).isNotEqualTo("root");
    }

    @Test
    void theNextProcessTakesOverAServerThatOutlivedItsOwn() throws Exception {
        postgres.stop();
        String address;
        try (EmbeddedPostgresProcess other = EmbeddedPostgresProcess.start(FOLDER, Map.of())) {
            address = other.said();
            assertThat(address).startsWith("jdbc:postgresql://127.0.0.1:");
            assertThatExceptionOfType(EmbeddedPostgresException.class)
                    .isThrownBy(this::start)
                    .withMessageContaining("Another Parley is running on the data folder " + FOLDER)
                    .withMessageContaining("PARLEY_DATA_DIR");
        }
        long orphan = server().pid();
        postgres = start();
        assertThat(postgres.jdbcUrl()).isEqualTo(address);
        assertThat(server().pid()).isEqualTo(orphan);
        assertThat(ask("select 1")).isEqualTo("1");
        postgres.stop();
        assertThat(Postmaster.runningOn(FOLDER.resolve("postgresql"))).isEmpty();
    }

    @Test
    void aSecondStartInTheSameProcessIsRefused() {
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(this::start)
                .withMessageContaining("Another Parley is running");
    }

    @Test
    void startsOnAnyThread() throws Exception {
        postgres.stop();
        CompletableFuture<EmbeddedPostgres> started = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> started.completeAsync(this::start, Runnable::run));
        postgres = started.get();
        assertThat(ask("select 1")).isEqualTo("1");
    }

    @Test
    void aProcessNumberThatNowBelongsToAnotherProgramDoesNotStopTheStart() throws Exception {
        killServer();
        postgres.stop();
        Path file = Postmaster.file(FOLDER.resolve("postgresql"));
        List<String> lines = Files.readAllLines(file);
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(file, lines);
        postgres = start();
        assertThat(ask("select 1")).isEqualTo("1");
    }

    @Test
    void dataOfAnotherMajorVersionIsLeftAlone() throws IOException {
        postgres.stop();
        Path version = FOLDER.resolve("postgresql/PG_VERSION");
        Files.writeString(version, "17\n");
        Files.delete(FOLDER.resolve("parley.lock"));
        List<String> before = tree();
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(this::start)
                .withMessageContaining("was made by PostgreSQL 17, and this Parley carries PostgreSQL 18")
                .withMessageContaining("PARLEY_DATABASE_URL");
        assertThat(tree()).isEqualTo(before);
        Files.writeString(version, "18\n");
    }

    @Test
    void whatIsNoDatabaseIsLeftAlone() throws IOException {
        Path folder = FOLDER.resolve("of-someone-else");
        Path foreign = Files.createDirectories(folder.resolve("postgresql"));
        Files.writeString(foreign.resolve("letter.txt"), "Dear John");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.start(folder, TestFolders.binaries()))
                .withMessageContaining(foreign + " is not a PostgreSQL database");
        assertThat(foreign.resolve("letter.txt")).hasContent("Dear John");
        assertThat(folder.resolve("parley.lock")).doesNotExist();
    }

    @Test
    void halfADatabaseOfAnInterruptedFirstStartIsMadeAnew() throws SQLException {
        assertThat(FOLDER.resolve("postgresql.new")).doesNotExist();
        assertThat(ask("select 1")).isEqualTo("1");
    }

    @Test
    void aLostPasswordIsNamedAndAWrongOneRefused() throws IOException {
        Path file = FOLDER.resolve("postgresql.password");
        postgres.stop();
        Path kept = Files.move(file, FOLDER.resolve("kept.password"));
        Files.writeString(file, "wrong");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(this::start)
                .withMessageContaining("password authentication failed");
        assertThat(Postmaster.runningOn(FOLDER.resolve("postgresql"))).isEmpty();
        Files.delete(file);
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(this::start)
                .withMessageContaining("postgresql.password is gone");
        Files.move(kept, file);
    }

    @Test
    void thePasswordIsInItsFileAndNowhereElse() throws IOException {
        Path file = FOLDER.resolve("postgresql.password");
        String password = postgres.password().reveal();
        assertThat(file).hasContent(password);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(password).hasSizeGreaterThanOrEqualTo(32);
        assertThat(postgres.password()).hasToString("(hidden)");
        assertThat(new Login(1, postgres.password()) + postgres.jdbcUrl()).doesNotContain(password);
        assertThat(Files.readString(FOLDER.resolve("postgresql.log"))).doesNotContain(password);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(FOLDER.resolve("postgresql.log"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aLongLogIsPutAside() throws IOException {
        postgres.stop();
        Path log = FOLDER.resolve("postgresql.log");
        Files.writeString(log, "x".repeat(11 * 1024 * 1024));
        Path old = FOLDER.resolve("postgresql.log.old");
        assertThat(old).doesNotExist();
        postgres = start();
        assertThat(Files.size(log)).isLessThan(1024 * 1024);
        assertThat(old).hasSize(11 * 1024 * 1024);
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(FOLDER, TestFolders.binaries());
    }

    private ProcessHandle server() throws IOException {
        return Postmaster.runningOn(FOLDER.resolve("postgresql")).orElseThrow().process();
    }

    private void killServer() throws IOException {
        ProcessHandle server = server();
        List<ProcessHandle> family =
                Stream.concat(Stream.of(server), server.descendants()).toList();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> paths = Files.walk(FOLDER)) {
            return paths.map(path -> path + " " + path.toFile().lastModified())
                    .sorted()
                    .toList();
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl(),
                        postgres.username(),
                        postgres.password().reveal());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                assertThat(row.next()).isTrue();
                return row.getString(1);
            }
        }
    }
}
