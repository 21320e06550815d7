package dev.parley.bootstrap;

import java.nio.file.Path;

/** Where the embedded database is kept when nobody says. */
final class DefaultDataFolder {

    private DefaultDataFolder() {}

    /** A folder of the user's own; for root one that the database's unprivileged account can reach. */
    static Path path() {
        return "root".equals(System.getProperty("user.name"))
                ? Path.of("/var/lib/parley")
                : Path.of(System.getProperty("user.home"), ".local", "share", "parley");
    }
}
