package dev.parley.persistence.testing;

import dev.parley.persistence.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * One PostgreSQL for all tests of a JVM: one that the environment names, a container where a Docker engine answers, else the
 * embedded one. It starts with the first database that is asked for and ends with the JVM.
 */
public final class TestPostgres {
    /**
     * The time zone of every session, whatever the driver asks for. It has an offset of 5:45 hours, so that a time that
     * passes through a session's zone by mistake comes out visibly wrong.
     */
    public static final String TIME_ZONE = "Asia/Kathmandu";

    private static final String IMAGE = "postgres:18-alpine";
    private static final String TEMPLATE = "parley_template";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The driver sends the zone of its JVM at login, which beats a setting of the database; a trigger comes after it. */
    private static final String SET_TIME_ZONE = """
        create schema test_support;
        create function test_support.set_time_zone() returns event_trigger language plpgsql as $$
        begin
            perform set_config('TimeZone', '%s', false);
        end $$;
        do $$
        begin
            -- older servers know no such trigger: there, give the JVM the zone
            if current_setting('server_version_num')::int >= 170000 then
                execute 'create event trigger set_time_zone on login execute function test_support.set_time_zone()';
                execute 'alter event trigger set_time_zone enable always';
            end if;
        end $$;
        """.formatted(TIME_ZONE);

    private TestPostgres() {}

    /** A database and the user who owns it. */
    public record Database(String jdbcUrl, String username, String password) {
        /** Opens a connection, which the caller closes. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, username, password);
        }

        private Database named(String name) {
            return new Database(
                    jdbcUrl.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1" + name), username, password);
        }

        private void execute(String sql) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException("The test database failed at: " + sql, e);
            }
        }
    }

    /** An empty database that no one else uses. Blocks some seconds for the first one, some milliseconds for the others. */
    public static Database freshDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        Server.MAINTENANCE.execute("drop database if exists " + name);
        Server.MAINTENANCE.execute("create database " + name + " template " + TEMPLATE);
        return Server.MAINTENANCE.named(name);
    }

    /** Loaded, and so started, with the first use. */
    private static final class Server {
        static final Database MAINTENANCE = start();

        private static Database start() {
            Database server = named(System.getenv())
                    .orElseGet(() -> DockerEngine.answers(System.getenv()) ? container() : embedded());
            server.execute("drop database if exists " + TEMPLATE);
            server.execute("create database " + TEMPLATE);
            server.named(TEMPLATE).execute(SET_TIME_ZONE);
            return server;
        }

        /** A server that somebody runs by hand, to try another version of PostgreSQL. */
        private static Optional<Database> named(Map<String, String> environment) {
            return Optional.ofNullable(environment.get("TEST_DATABASE_URL"))
                    .map(url -> new Database(
                            url,
                            environment.getOrDefault("TEST_DATABASE_USER", "postgres"),
                            environment.getOrDefault("TEST_DATABASE_PASSWORD", "")));
        }

        private static Database container() {
            // Closed by Testcontainers' own reaper at the end of the JVM.
            PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
            container.start();
            return new Database(container.getJdbcUrl(), container.getUsername(), container.getPassword());
        }

        private static Database embedded() {
            Path folder = TestFolders.create();
            EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, TestFolders.binaries());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                postgres.stop();
                TestFolders.delete(folder);
            }));
            Database server = new Database(
                    postgres.jdbcUrl(), postgres.username(), postgres.password().reveal());
            // No test pulls the plug, and waiting for the disk at each commit takes longer than all else; the container
            // does not either.
            server.execute("alter system set fsync = off");
            server.execute("select pg_reload_conf()");
            return server;
        }
    }
}
