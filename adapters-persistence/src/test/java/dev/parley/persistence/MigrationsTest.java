package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.persistence.testing.TestPostgres;
import dev.parley.persistence.testing.TestPostgres.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MigrationsTest {

    @Test
    void aSecondTimeChangesNothing() throws SQLException {
        Database database = TestPostgres.freshDatabase();
        Migrations.apply(address(database));
        String before = tables(database);

        Migrations.apply(address(database));

        assertThat(tables(database)).isEqualTo(before).contains("agent", "session", "turn", "turn_step", "replica");
    }

    @Test
    void theNewestMigrationIsKnownByItsVersionAndChecksum() throws SQLException {
        Database database = TestPostgres.freshDatabase();
        Migrations.apply(address(database));

        assertThat(ask(database, """
            select version || ' ' || checksum from flyway_schema_history order by installed_rank desc limit 1
            """)).isEqualTo(Migrations.NEWEST + " " + Migrations.NEWEST_CHECKSUM);
    }

    @Test
    void aMigrationThatWasChangedAfterItRanIsNoticed() throws SQLException {
        Database database = TestPostgres.freshDatabase();
        Migrations.apply(address(database));
        execute(
                database,
                "update flyway_schema_history set checksum = checksum + 1 where version = '%s'"
                        .formatted(Migrations.NEWEST));

        assertThatExceptionOfType(UnusableDatabase.class)
                .isThrownBy(() -> Migrations.apply(address(database)))
                .withMessageContaining("Validate failed");
    }

    @Test
    void aDatabaseOfSomebodyElseIsLeftAlone() throws SQLException {
        Database database = TestPostgres.freshDatabase();
        execute(database, "create table invoice (id text)");

        assertThatExceptionOfType(UnusableDatabase.class)
                .isThrownBy(() -> Migrations.apply(address(database)))
                .withMessageContaining("holds something else already")
                .withMessageContaining("parley.database.url")
                .withNoCause();
        assertThat(tables(database)).isEqualTo("invoice");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNamed() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        DatabaseAddress nowhere = new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + port + "/db", Optional.of("me"), Optional.of("secret"), Map.of());

        assertThatExceptionOfType(UnusableDatabase.class)
                .isThrownBy(() -> Migrations.apply(nowhere))
                .withMessageContaining("jdbc:postgresql://127.0.0.1:" + port + "/db can't be used")
                .withMessageContaining("refused")
                .matches(failure -> !String.valueOf(failure.getMessage()).contains("secret"));
    }

    @Test
    void aWrongPasswordIsNamedAndNotPrinted() {
        DatabaseAddress address =
                address(TestPostgres.freshDatabase()).withLogin(Optional.empty(), Optional.of("not-the-secret"));

        assertThatExceptionOfType(UnusableDatabase.class)
                .isThrownBy(() -> Migrations.apply(address))
                .withMessageContaining("password authentication failed")
                .withMessageContaining("parley.database.password")
                .matches(failure -> !String.valueOf(failure.getMessage()).contains("not-the-secret"));
    }

    private static DatabaseAddress address(Database database) {
        return DatabaseAddress.parse(database.jdbcUrl())
                .withLogin(Optional.of(database.username()), Optional.of(database.password()));
    }

    private static String tables(Database database) throws SQLException {
        return ask(database, """
            select string_agg(table_name, ' ' order by table_name) from information_schema.tables
            where table_schema = 'public'
            """);
    }

    private static String ask(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
