package dev.parley.bootstrap;

import java.util.List;

/**
 * Classes that every start needs and comes to late, loaded on a thread of their own while the start is still busy with one
 * thing at a time. Nothing depends on it: what is not loaded by then is loaded when it is needed.
 */
final class Ahead {

    /** Each brings many others, which the JVM loads to verify it. */
    static final List<String> CLASSES = List.of(
            "reactor.core.publisher.Flux",
            "reactor.core.publisher.Mono",
            "io.netty.channel.socket.nio.NioServerSocketChannel",
            "io.netty.channel.MultiThreadIoEventLoopGroup",
            "io.netty.channel.nio.NioIoHandler",
            "io.netty.buffer.AdaptiveByteBufAllocator",
            "io.micronaut.web.router.DefaultRouter",
            "io.micronaut.http.server.RouteExecutor",
            "io.micronaut.http.server.netty.NettyHttpServer",
            "io.micronaut.http.server.netty.RoutingInBoundHandler",
            "io.micronaut.http.server.netty.HttpPipelineBuilder",
            "org.postgresql.jdbc.PgConnection",
            "org.postgresql.core.v3.QueryExecutorImpl",
            "com.zaxxer.hikari.pool.HikariPool",
            "io.micronaut.data.jdbc.operations.DefaultJdbcRepositoryOperations",
            "com.github.kagkarlsson.scheduler.Scheduler");

    private Ahead() {}

    /** Begins and returns at once. */
    static void load() {
        Thread.ofPlatform().name("ahead").daemon().start(() -> CLASSES.forEach(Ahead::load));
    }

    private static void load(String name) {
        try {
            // Linked, and so verified, but not initialised: initialising on two threads at once can end in a deadlock.
            // To tell its constructors a class has to be linked.
            var _ = Class.forName(name, false, Ahead.class.getClassLoader()).getDeclaredConstructors();
        } catch (ClassNotFoundException | LinkageError _) {
            // whoever needs it will say so
        }
    }
}
