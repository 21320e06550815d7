package dev.parley.bootstrap;

import static java.util.Map.entry;

import io.micronaut.context.env.PropertySource;
import java.util.Map;

/**
 * What Parley sets of the framework's own keys. In Java rather than in a file of the jar: to look for such files, the
 * framework opens the jar once more and goes through its thousands of entries.
 */
final class Defaults {

    /** Below everything that an operator may set. */
    private static final int ORDER = -10_000;

    static final PropertySource SOURCE = PropertySource.of(
            "defaults",
            Map.<String, Object>ofEntries(
                    entry("micronaut.application.name", "parley"),
                    entry("micronaut.server.host", "${parley.host:127.0.0.1}"),
                    entry("micronaut.server.port", "${parley.port:8321}"),
                    entry("micronaut.server.max-request-size", "${parley.http.max-body-size:32MB}"),
                    entry("micronaut.server.max-request-buffer-size", "${parley.http.max-body-size:32MB}"),
                    // A body is put together from its pieces with time that grows with the square of their number, on
                    // the
                    // event loop: pieces are as large as what is read from a socket at once.
                    entry("micronaut.server.netty.max-chunk-size", 65_536),
                    // A connection on which nothing moves is one that keeps alive, or a turn that is not streamed and
                    // still
                    // runs.
                    entry("micronaut.server.idle-timeout", "30m"),
                    // A small event must not wait for the acknowledgement of the one before it.
                    entry("micronaut.server.netty.child-options.tcp-nodelay", true),
                    // The description of the interface, generated from the controllers, and a page that shows it.
                    entry("micronaut.router.static-resources.description.mapping", "/swagger/**"),
                    entry("micronaut.router.static-resources.description.paths", "classpath:META-INF/swagger"),
                    entry("micronaut.router.static-resources.page.mapping", "/swagger-ui/**"),
                    entry(
                            "micronaut.router.static-resources.page.paths",
                            "classpath:META-INF/swagger/views/swagger-ui"),
                    // Micronaut's own endpoints stay closed: the interface is what the controllers say.
                    entry("endpoints.all.enabled", false),
                    // All else of the database is parley.database.*; this says what kind it is.
                    entry("datasources.default.dialect", "POSTGRES")),
            ORDER);

    private Defaults() {}
}
