package dev.parley.persistence.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** How to reach the embedded server: its port on the loopback address and the password of its one user. */
record Login(int port, DatabasePassword password) {
    static final String USERNAME = "parley";
    static final String DATABASE = "parley";

    /** The database that every PostgreSQL server has. */
    private static final String MAINTENANCE = "postgres";

    Login {
        requireNonNull(password, "password");
    }

    String jdbcUrl() {
        return url(DATABASE);
    }

    /** Whether the server that answers is the one that runs on {@code cluster}, and not another at the same port. */
    boolean reaches(Path cluster) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            return row.next() && Files.isSameFile(Path.of(row.getString(1)), cluster);
        }
    }

    /** Creates Parley's database when it is not there, which also tells that the server takes our password. */
    void ensureDatabase() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                statement.execute("create database " + DATABASE);
            }
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("select 1 from pg_database where datname = '%s'".formatted(DATABASE))) {
            return row.next();
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USERNAME);
        properties.setProperty("password", password.reveal());
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(url(MAINTENANCE), properties);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }
}
